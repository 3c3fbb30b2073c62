import type { User as UserBody } from '../../../generated/openapi.js';
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
