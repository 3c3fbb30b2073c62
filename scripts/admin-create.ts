/*
 * Makes an account with the role `admin`, or makes one that is there an admin's. It is the only way to get the first one: registration
 * never makes an admin.
 */
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { createAccounts } from '../src/modules/auth/auth.accounts.js';
import { createPasswords } from '../src/modules/auth/auth.passwords.js';
import { createSecretStore } from '../src/modules/users/users.secrets.store.js';
import { createUserStore, normalizedEmail, type User } from '../src/modules/users/users.store.js';
import { createClock } from '../src/platform/clock.js';
import { loadConfig } from '../src/platform/config.js';
import { databaseOf } from '../src/platform/db.failures.js';
import { connectDatabase } from '../src/platform/db.js';
import { messageOf } from '../src/platform/errors.js';
import { randomText } from '../src/platform/ids.js';
import { createLog } from '../src/platform/log.js';

const USAGE = `Usage: npm run admin:create -- --email <address> [--name <name>] [--generate] [--promote]  (sandbox)
       node --env-file=.env dist/scripts/admin-create.js --email <address> ...            (production)

  --email     the address that the admin signs in with
  --name      what to call the admin ("Admin" if left out)
  --generate  make a password and print it once, instead of asking for one
  --promote   for an address that has an account already: make it an admin's, with a new password. The old one ends,
              and so do all its sessions, whoever has them

Without --generate the password is asked for, or read from standard input where that is not a terminal.`;

const SANDBOX_ADDRESSES = '.sandbox/addresses.json';
const SHORTEST_PASSWORD = 8;

const wantedSchema = z.object({
  email: z.email('--email must be an email address').max(254),
  name: z.string().trim().min(1, '--name must not be blank').max(100, '--name is too long').optional(),
  generate: z.boolean(),
  promote: z.boolean(),
});

/** Something that the operator can mend; printed without a stack. */
class Refusal extends Error {}

type Wanted = z.infer<typeof wantedSchema>;

function readArguments(): Wanted {
  try {
    const { values } = parseArgs({
      options: {
        email: { type: 'string', default: '' },
        name: { type: 'string' },
        generate: { type: 'boolean', default: false },
        promote: { type: 'boolean', default: false },
      },
    });
    const parsed = wantedSchema.safeParse(values);
    if (parsed.success) return parsed.data;
    throw new Refusal(parsed.error.issues.map(({ message }) => message).join('\n'));
  } catch (error) {
    throw new Refusal(`${messageOf(error)}\n\n${USAGE}`);
  }
}

/** The configured database, or the one of a sandbox that runs on this machine. */
async function findDatabase(configured: string | undefined): Promise<string> {
  if (configured !== undefined) return configured;
  const addresses = await readFile(SANDBOX_ADDRESSES, 'utf8').catch(() => '{}');
  const found = z.object({ databaseUrl: z.string() }).safeParse(JSON.parse(addresses));
  if (found.success) return found.data.databaseUrl;
  throw new Refusal('There is no database: set DATABASE_URL, or start the sandbox first (npm run dev).');
}

async function choosePassword(generate: boolean): Promise<string> {
  const password = generate ? randomText(20) : await readPassword();
  if (password.length >= SHORTEST_PASSWORD) return password;
  throw new Refusal(`A password needs at least ${SHORTEST_PASSWORD} characters.`);
}

async function readPassword(): Promise<string> {
  if (!process.stdin.isTTY) {
    const [line = ''] = (await text(process.stdin)).split(/\r?\n/);
    return line;
  }
  const password = await askUnseen('Password: ');
  if ((await askUnseen('Once more: ')) !== password) throw new Refusal('The two passwords are not the same.');
  return password;
}

/** Reads a line from the terminal without showing it. */
async function askUnseen(question: string): Promise<string> {
  process.stderr.write(question);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  try {
    return await new Promise<string>((resolve, reject) => {
      reader.once('line', resolve);
      reader.once('close', () => reject(new Refusal('Nothing was entered.')));
    });
  } finally {
    reader.close();
    process.stderr.write('\n');
  }
}

/** Whose an account is, so that an operator sees whom they are about to make an admin. */
function described({ name, role, createdAt }: User): string {
  const since = createdAt.toISOString().slice(0, 10);
  // The name is whatever was typed at the registration, so it stands last and in quotes.
  return `${role === 'admin' ? 'an admin' : 'a customer'} since ${since}, by the name of ${JSON.stringify(name)}`;
}

/**
 * Throws unless the account that the address has, or has not, is what was asked for. Anybody can register any address, so an
 * account that is there is never taken for the operator's own without a word.
 */
function refuseUnlessMeant(found: User | undefined, { email, name, promote }: Wanted): void {
  if (found === undefined) {
    if (promote) throw new Refusal(`${email} has no account here: leave out --promote to make one.`);
    return;
  }
  if (!promote) {
    throw new Refusal(
      `${found.email} has an account already: ${described(found)}. Nothing was changed.\n` +
        "If it is to be an admin's: --promote does it, with a new password; nobody stays signed in. (An admin does it without one: PATCH /v1/admin/users/{userId}.)",
    );
  }
  if (name !== undefined)
    throw new Refusal('--name is for a new account, and --promote for one that is there.');
  if (found.blocked) throw new Refusal(`${found.email} is blocked: an admin has to unblock it first.`);
}

async function main(): Promise<void> {
  const wanted = readArguments();
  const { email, name = 'Admin', generate } = wanted;
  const { settings, connections } = loadConfig();
  const databaseUrl = await findDatabase(connections.databaseUrl);
  // First, so that nobody types a password for the wrong shop.
  process.stdout.write(`Database: ${databaseOf(databaseUrl) ?? 'of DATABASE_URL, which cannot be read'}\n`);

  const log = createLog({ level: 'error', destination: process.stderr });
  const db = await connectDatabase({ url: databaseUrl, log, poolSize: 2 });
  try {
    const users = createUserStore(db);
    const passwords = createPasswords({ cost: settings.passwordCost });
    const clock = createClock(() => db.clockOffset());
    const found = await users.findByEmail(email);
    refuseUnlessMeant(found, wanted);
    if (found !== undefined) process.stdout.write(`${found.email}: ${described(found)}\n`);
    const password = await choosePassword(generate);

    if (found === undefined) {
      const accounts = createAccounts({ users, passwords, clock });
      // The index that keeps an address to one account must stand before the first account does.
      await db.createIndexes();
      await accounts.insert(await accounts.prepare({ email, name, password }, 'admin'));
    } else {
      const passwordHash = await passwords.hash(password);
      const isDone = await createSecretStore(db).appoint({ user: found, passwordHash, at: clock.now() });
      if (!isDone) throw new Refusal(`${found.email} was changed meanwhile. Nothing was done: look again.`);
    }
    process.stdout.write(`${normalizedEmail(email)} is an admin now.\n`);
    if (generate) process.stdout.write(`Password (shown only now): ${password}\n`);
  } finally {
    await db.close();
  }
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = 1;
}
