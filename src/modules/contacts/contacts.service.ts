import type { Clock } from '../../platform/clock.js';
import type { Database } from '../../platform/db.js';
import { notFound, versionConflict } from '../../platform/errors.js';
import { newId } from '../../platform/ids.js';
import { pageWindow, pagination, type PageQuery, type Pagination } from '../../platform/page.js';
import type { Outbox } from '../notifications/notifications.service.js';
import { trimmedMessage, type Message } from './contacts.rules.js';
import type { Contact, ContactFilter, ContactSort, ContactStore } from './contacts.store.js';

export type Contacts = {
  /** Keeps a message and sends the shop a notice of it: both or neither. */
  submit(message: Omit<Message, 'phone'> & { phone?: string | undefined }): Promise<Contact>;
  list(
    query: ContactFilter & PageQuery & { sort: ContactSort },
  ): Promise<{ rows: Contact[]; pagination: Pagination }>;
  /** Throws not_found. */
  get(contactId: string): Promise<Contact>;
  /**
   * Who handles what is handled already changes nothing. Throws not_found, or version_conflict where the message has been
   * changed since that version.
   */
  setHandled(
    adminId: string,
    contactId: string,
    change: { handled: boolean; version: number },
  ): Promise<Contact>;
  /** Throws not_found. */
  remove(contactId: string): Promise<void>;
};

export function createContacts(deps: {
  db: Pick<Database, 'transaction'>;
  contacts: ContactStore;
  outbox: Outbox;
  clock: Pick<Clock, 'now'>;
  /** Where notices go; undefined: there are none. */
  adminEmail: string | undefined;
}): Contacts {
  const { db, contacts, outbox, clock, adminEmail } = deps;

  const get = async (contactId: string): Promise<Contact> => {
    const contact = await contacts.find(contactId);
    if (contact === undefined) throw notFound('The message');
    return contact;
  };

  return {
    get,

    async submit({ phone = null, ...rest }) {
      const message = trimmedMessage({ ...rest, phone });
      const contact: Contact = {
        ...message,
        id: newId(),
        handled: false,
        handledAt: null,
        handledBy: null,
        version: 1,
        createdAt: clock.now(),
      };
      await db.transaction(async (session) => {
        await contacts.insert(contact, session);
        if (adminEmail === undefined) return;
        const dedupeKey = `contact:${contact.id}`;
        await outbox.add({ kind: 'contact_notice', to: adminEmail, data: message, dedupeKey }, session);
      });
      outbox.wake();
      return contact;
    },

    async list({ sort, page, limit, ...filter }) {
      const window = pageWindow({ page, limit });
      const { rows, total } = await contacts.list({ filter, sort, window });
      return { rows, pagination: pagination(window, total) };
    },

    async setHandled(adminId, contactId, { handled, version }) {
      const contact = await get(contactId);
      if (contact.version !== version) throw versionConflict('The message');
      if (contact.handled === handled) return contact;
      const handling = handled ? { by: adminId, at: clock.now() } : null;
      const changed = await contacts.setHandled(contact, handling);
      if (changed === undefined) throw versionConflict('The message');
      return changed;
    },

    async remove(contactId) {
      if (!(await contacts.remove(contactId))) throw notFound('The message');
    },
  };
}
