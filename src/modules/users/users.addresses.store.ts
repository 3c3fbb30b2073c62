import type { Database } from '../../platform/db.js';
import { userModel, type Address } from './users.schema.js';

/** An address that an account keeps. */
export type SavedAddress = { id: string; isDefault: boolean; address: Address };

/** Each of these is one write, or undefined where the account (or its address) does not exist. */
export type AddressStore = {
  /** The oldest first. */
  list(userId: string): Promise<SavedAddress[] | undefined>;
  /** `full` where the account keeps `most` already. A default one takes that from any other. */
  add(userId: string, saved: SavedAddress, most: number): Promise<'added' | 'full' | undefined>;
  replace(userId: string, saved: SavedAddress): Promise<'replaced' | undefined>;
  remove(userId: string, addressId: string): Promise<'removed' | undefined>;
};

export function createAddressStore(db: Database): AddressStore {
  const Users = userModel(db);

  return {
    async list(userId) {
      const row = await Users.findById(userId, { addresses: 1, defaultAddressId: 1 }).lean();
      return row?.addresses.map(({ id, address }) => ({
        id,
        address,
        isDefault: id === row.defaultAddressId,
      }));
    },

    async add(userId, { id, isDefault, address }, most) {
      const added = await Users.updateOne(
        { _id: userId, [`addresses.${most - 1}`]: { $exists: false } },
        { $push: { addresses: { id, address } }, ...(isDefault && { $set: { defaultAddressId: id } }) },
      );
      if (added.matchedCount > 0) return 'added';
      return (await Users.exists({ _id: userId })) === null ? undefined : 'full';
    },

    async replace(userId, { id, isDefault, address }) {
      const own = { _id: userId, 'addresses.id': id };
      const set = (defaultAddressId?: string | null) => ({
        $set: {
          'addresses.$.address': address,
          ...(defaultAddressId !== undefined && { defaultAddressId }),
        },
      });
      // One that ceases to be the default one, and one that was not: each in a write of its own kind.
      const writes = isDefault
        ? [() => Users.updateOne(own, set(id))]
        : [
            () => Users.updateOne({ ...own, defaultAddressId: id }, set(null)),
            () => Users.updateOne({ ...own, defaultAddressId: { $ne: id } }, set()),
          ];
      for (const write of writes) if ((await write()).matchedCount > 0) return 'replaced';
      return undefined;
    },

    async remove(userId, addressId) {
      const removed = await Users.updateOne(
        { _id: userId, 'addresses.id': addressId },
        { $pull: { addresses: { id: addressId } } },
      );
      return removed.matchedCount > 0 ? 'removed' : undefined;
    },
  };
}
