import type { HandlersFor } from '../../platform/http/operation.js';
import type { Contacts } from './contacts.service.js';
import { toContactBody, toContactPage, toContactReceipt } from './contacts.view.js';

export const contactHandlers = (contacts: Contacts): HandlersFor<'contacts'> => ({
  async submitContact({ body }) {
    return { status: 201, body: toContactReceipt(await contacts.submit(body)) };
  },

  async listContacts({ query }) {
    return { status: 200, body: toContactPage(await contacts.list(query)) };
  },

  async getContact({ path }) {
    return { status: 200, body: toContactBody(await contacts.get(path.contactId)) };
  },

  async updateContact({ principal, path, body }) {
    const contact = await contacts.setHandled(principal.userId, path.contactId, body);
    return { status: 200, body: toContactBody(contact) };
  },

  async deleteContact({ path }) {
    await contacts.remove(path.contactId);
    return { status: 204 };
  },
});
