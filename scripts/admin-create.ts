/*
 * Makes an account with the role `admin`. It is the only way to get the first one: registration never makes an admin.
 */
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { createAccounts } from '../src/modules/auth/auth.accounts.js';
import { createPasswords } from '../src/modules/auth/auth.passwords.js';
import { createUserStore } from '../src/modules/users/users.store.js';
import { createClock } from '../src/platform/clock.js';
import { loadConfig } from '../src/platform/config.js';
import { databaseOf } from '../src/platform/db.failures.js';
import { connectDatabase } from '../src/platform/db.js';
import { messageOf } from '../src/platform/errors.js';
import { randomText } from '../src/platform/ids.js';
import { createLog } from '../src/platform/log.js';

const USAGE = `Usage: npm run admin:create -- --email <address> [--name <name>] [--generate]              (sandbox)
       node --env-file=.env dist/scripts/admin-create.js --email <address> ...            (production)

  --email     the address that the admin signs in with
  --name      what to call the admin ("Admin" if left out)
  --generate  make a password and print it once, instead of asking for one

Without --generate the password is asked for, or read from standard input where that is not a terminal.`;

const SANDBOX_ADDRESSES = '.sandbox/addresses.json';
const SHORTEST_PASSWORD = 8;

const wanted = z.object({
  email: z.email('--email must be an email address').max(254),
  name: z.string().trim().min(1, '--name must not be blank').max(100, '--name is too long'),
  generate: z.boolean(),
});

/** Something that the operator can mend; printed without a stack. */
class Refusal extends Error {}

function readArguments(): z.infer<typeof wanted> {
  try {
    const { values } = parseArgs({
      options: {
        email: { type: 'string', default: '' },
        name: { type: 'string', default: 'Admin' },
        generate: { type: 'boolean', default: false },
      },
    });
    const parsed = wanted.safeParse(values);
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

async function main(): Promise<void> {
  const { email, name, generate } = readArguments();
  const { settings, connections } = loadConfig();
  const databaseUrl = await findDatabase(connections.databaseUrl);
  // First, so that nobody types a password for the wrong shop.
  process.stdout.write(`Database: ${databaseOf(databaseUrl) ?? 'of DATABASE_URL, which cannot be read'}\n`);
  const password = generate ? randomText(20) : await readPassword();
  if (password.length < SHORTEST_PASSWORD) {
    throw new Refusal(`A password needs at least ${SHORTEST_PASSWORD} characters.`);
  }

  const log = createLog({ level: 'error', destination: process.stderr });
  const db = await connectDatabase({ url: databaseUrl, log, poolSize: 2 });
  try {
    const accounts = createAccounts({
      users: createUserStore(db),
      passwords: createPasswords({ cost: settings.passwordCost }),
      clock: createClock(() => db.clockOffset()),
    });
    // The index that keeps an address to one account must stand before the first account does.
    await db.createIndexes();
    const admin = await accounts.insert(await accounts.prepare({ email, name, password }, 'admin'));
    process.stdout.write(`${admin.email} is an admin now.\n`);
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
