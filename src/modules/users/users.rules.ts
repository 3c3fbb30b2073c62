import { AppError } from '../../platform/errors.js';
import { indexWords, phoneWords, sortKey } from '../../platform/search.js';
import { withoutOuterSpaces } from '../../platform/text.js';

export type Role = 'user' | 'admin';

/** What an account says about its owner. */
export type Details = { name: string; phone: string | null };

/** Details with changes: what is undefined stays. Blank ends do not count. */
export function editedDetails(
  before: Details,
  { name, phone }: { name?: string | undefined; phone?: string | null | undefined },
): Details {
  return trimmedDetails({ name: name ?? before.name, phone: phone === undefined ? before.phone : phone });
}

function trimmedDetails({ name, phone }: Details): Details {
  return { name: withoutOuterSpaces(name), phone: phone === null ? null : withoutOuterSpaces(phone) };
}

/** What lists search and sort an account by. */
export function keysOf(account: { name: string; email: string; phone: string | null }): {
  words: string[];
  nameKey: string;
} {
  const { name, email, phone } = account;
  return { words: indexWords(email, phoneWords(phone), name), nameKey: sortKey(name) };
}

/** What an admin may change of an account. What is undefined stays. */
export type AccountChange = {
  name?: string | undefined;
  phone?: string | null | undefined;
  role?: Role | undefined;
  blocked?: boolean | undefined;
};

/** Whoever loses or gains a role, or is blocked, signs in anew. */
export function endsSessions(
  before: { role: Role; blocked: boolean },
  { role = before.role, blocked = before.blocked }: AccountChange,
): boolean {
  return role !== before.role || (blocked && !before.blocked);
}

/**
 * Nobody takes the rights of an admin from themselves: whoever takes them from another one stays, so one always does.
 * Throws own_account.
 */
export function refuseOwnFall(change: AccountChange): void {
  if (change.blocked !== true && (change.role ?? 'admin') === 'admin') return;
  throw new AppError(
    'own_account',
    'You cannot take the role from your own account or block it. Another admin can.',
  );
}
