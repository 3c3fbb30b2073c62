import type { HandlersFor } from '../../platform/http/operation.js';
import type { Auth } from '../auth/auth.service.js';
import type { AddressBook } from './users.addresses.js';
import type { Users } from './users.service.js';
import { toAddressBook, toAdminUser, toSavedAddress, toUserBody, toUserPage } from './users.view.js';

type Deps = { users: Users; addresses: AddressBook; changePassword: Auth['changePassword'] };

export const userHandlers = ({ users, addresses, changePassword }: Deps): HandlersFor<'users'> => ({
  async getOwnProfile({ principal }) {
    return { status: 200, body: toUserBody(await users.profile(principal.userId)) };
  },

  async updateOwnProfile({ principal, body }) {
    return { status: 200, body: toUserBody(await users.changeProfile(principal.userId, body)) };
  },

  async changeOwnPassword({ principal, body }) {
    const { token, lifetimeMs } = await changePassword(principal.userId, body);
    return { status: 204, cookies: [{ name: 'holdfast_session', value: token, maxAgeMs: lifetimeMs }] };
  },

  async listOwnAddresses({ principal }) {
    return { status: 200, body: toAddressBook(await addresses.list(principal.userId)) };
  },

  async addOwnAddress({ principal, body }) {
    return { status: 201, body: toSavedAddress(await addresses.add(principal.userId, body)) };
  },

  async replaceOwnAddress({ principal, path, body }) {
    const replaced = await addresses.replace(principal.userId, path.addressId, body);
    return { status: 200, body: toSavedAddress(replaced) };
  },

  async removeOwnAddress({ principal, path }) {
    await addresses.remove(principal.userId, path.addressId);
    return { status: 204 };
  },

  async listUsers({ query }) {
    return { status: 200, body: toUserPage(await users.list(query)) };
  },

  async getUserByEmail({ path }) {
    return { status: 200, body: toAdminUser(await users.getByEmail(path.email)) };
  },

  async getUser({ path }) {
    return { status: 200, body: toAdminUser(await users.get(path.userId)) };
  },

  async updateUser({ principal, path, body }) {
    return { status: 200, body: toAdminUser(await users.update(principal.userId, path.userId, body)) };
  },

  async deleteUser({ principal, path }) {
    await users.remove(principal.userId, path.userId);
    return { status: 204 };
  },
});
