import type { Contact as ContactBody, ContactPage, ContactReceipt } from '../../../generated/openapi.js';
import type { Pagination } from '../../platform/page.js';
import type { Contact } from './contacts.store.js';

/** What whoever wrote is told. */
export function toContactReceipt({ id, createdAt }: Contact): ContactReceipt {
  return { id, createdAt: createdAt.toISOString() };
}

/** A message as admins see it. */
export function toContactBody(contact: Contact): ContactBody {
  return {
    id: contact.id,
    name: contact.name,
    email: contact.email,
    phone: contact.phone,
    message: contact.message,
    handled: contact.handled,
    handledAt: contact.handledAt?.toISOString() ?? null,
    handledBy: contact.handledBy,
    version: contact.version,
    createdAt: contact.createdAt.toISOString(),
  };
}

export function toContactPage(page: { rows: Contact[]; pagination: Pagination }): ContactPage {
  return { data: page.rows.map(toContactBody), pagination: page.pagination };
}
