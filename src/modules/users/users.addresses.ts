import { AppError, notFound } from '../../platform/errors.js';
import { newId } from '../../platform/ids.js';
import type { AddressStore, SavedAddress } from './users.addresses.store.js';

/** An address as its owner gives it. */
export type AddressEntry = { address: SavedAddress['address']; isDefault?: boolean | undefined };

/** The addresses that an account keeps. Each throws unauthenticated where the account has been deleted meanwhile. */
export type AddressBook = {
  /** The oldest first. */
  list(userId: string): Promise<SavedAddress[]>;
  /** Throws addresses_full. */
  add(userId: string, entry: AddressEntry): Promise<SavedAddress>;
  /** These two throw not_found. */
  replace(userId: string, addressId: string, entry: AddressEntry): Promise<SavedAddress>;
  remove(userId: string, addressId: string): Promise<void>;
};

const MOST = 20;

export function createAddressBook(deps: { addresses: AddressStore }): AddressBook {
  const { addresses } = deps;
  const saved = (id: string, { address, isDefault = false }: AddressEntry): SavedAddress => ({
    id,
    isDefault,
    address,
  });

  return {
    async list(userId) {
      return (await addresses.list(userId)) ?? gone();
    },

    async add(userId, entry) {
      const added = saved(newId(), entry);
      const outcome = (await addresses.add(userId, added, MOST)) ?? gone();
      if (outcome === 'full') {
        throw new AppError('addresses_full', `An account keeps at most ${MOST} addresses. Remove one first.`);
      }
      return added;
    },

    async replace(userId, addressId, entry) {
      const replaced = saved(addressId, entry);
      if ((await addresses.replace(userId, replaced)) === undefined) throw notFound('The address');
      return replaced;
    },

    async remove(userId, addressId) {
      if ((await addresses.remove(userId, addressId)) === undefined) throw notFound('The address');
    },
  };
}

function gone(): never {
  throw new AppError('unauthenticated', 'This account does not exist any more.');
}
