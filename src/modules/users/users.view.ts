import type {
  AddressBook as AddressBookBody,
  AdminUser,
  SavedAddress as SavedAddressBody,
  User as UserBody,
  UserPage,
} from '../../../generated/openapi.js';
import type { Pagination } from '../../platform/page.js';
import type { SavedAddress } from './users.addresses.store.js';
import type { User } from './users.store.js';

/** An account as the contract shows it to its owner. */
export function toUserBody(user: User): UserBody {
  return {
    id: user.id,
    name: user.name,
    email: user.email,
    phone: user.phone,
    role: user.role,
    createdAt: user.createdAt.toISOString(),
  };
}

/** An account as admins see it. */
export function toAdminUser(user: User): AdminUser {
  return {
    ...toUserBody(user),
    blocked: user.blocked,
    version: user.version,
    updatedAt: user.updatedAt.toISOString(),
    lastSignInAt: user.lastSignInAt?.toISOString() ?? null,
  };
}

export function toUserPage({ rows, pagination }: { rows: User[]; pagination: Pagination }): UserPage {
  return { data: rows.map(toAdminUser), pagination };
}

/** A kept address, with the fields that it has. */
export function toSavedAddress({ id, isDefault, address }: SavedAddress): SavedAddressBody {
  const { name, line1, line2, city, state, postalCode, country, phone } = address;
  return {
    id,
    isDefault,
    address: {
      name,
      line1,
      ...(line2 !== undefined && { line2 }),
      city,
      ...(state !== undefined && { state }),
      postalCode,
      country,
      ...(phone !== undefined && { phone }),
    },
  };
}

export function toAddressBook(addresses: SavedAddress[]): AddressBookBody {
  return { data: addresses.map(toSavedAddress) };
}
