import { createAccounts } from '../modules/auth/auth.accounts.js';
import { createResetLinks } from '../modules/auth/auth.links.js';
import { createPasswords } from '../modules/auth/auth.passwords.js';
import { createResets } from '../modules/auth/auth.resets.js';
import { createAuth } from '../modules/auth/auth.service.js';
import { createTokens } from '../modules/auth/auth.tokens.js';
import type { Outbox } from '../modules/notifications/notifications.service.js';
import { createAddressBook } from '../modules/users/users.addresses.js';
import { createAddressStore } from '../modules/users/users.addresses.store.js';
import { createSecretStore } from '../modules/users/users.secrets.store.js';
import { createUsers } from '../modules/users/users.service.js';
import { createUserStore } from '../modules/users/users.store.js';
import type { Ground } from './ground.js';

/** What must be there before mails are: links for new passwords are made when their mail is sent. */
export function composeSecrets({ config, db, clock }: Ground) {
  const secrets = createSecretStore(db);
  const links = createResetLinks({
    key: config.token.key,
    page: config.passwordResetUrl,
    findReset: secrets.findReset,
    clock,
  });
  return { secrets, links };
}

export function composeAccounts(
  { config, db, clock }: Ground,
  {
    secrets,
    links,
    outbox,
    letGo,
  }: ReturnType<typeof composeSecrets> & {
    outbox: Outbox;
    letGo: (userId: string, what: 'cart' | 'holds') => Promise<void>;
  },
) {
  const users = createUserStore(db);
  const passwords = createPasswords({ cost: config.passwordCost });
  const accounts = createAccounts({ users, passwords, clock });
  const tokens = createTokens({ ...config.token, clock });
  return {
    users,
    accounts,
    auth: createAuth({ db, users, secrets, accounts, passwords, tokens, outbox, clock }),
    resets: createResets({ db, secrets, links, passwords, outbox, clock }),
    profiles: createUsers({ db, users, letGo, clock }),
    addresses: createAddressBook({ addresses: createAddressStore(db) }),
  };
}
