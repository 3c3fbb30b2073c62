import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Holdfast } from '../compose.js';
import type { Config } from '../platform/config.js';
import { databaseOf } from '../platform/db.failures.js';
import { redisOf } from '../platform/redis.address.js';
import { SAMPLE_ADMIN, SAMPLE_PRODUCTS } from './samples.js';
import type { Sandbox } from './start.js';
import { tileOf } from './tiles.js';
import { consoleUrlOf } from './about.js';
import { startTimeMachine } from './timemachine.js';

/**
 * Fills an empty shop, starts the time machine, and tells whoever started it what there is and what to try. Also writes
 * the addresses to `.sandbox/addresses.json`, where the other commands find them. Answers how to stop what it started.
 */
export async function welcome(input: {
  holdfast: Holdfast;
  sandbox: Sandbox;
  config: Config;
}): Promise<() => Promise<void>> {
  const { holdfast, sandbox, config } = input;
  const admin = await ensureAdmin(holdfast);
  const products = await ensureProducts(holdfast, config.shop.currency, admin);
  const timeMachine = await startTimeMachine(holdfast, {
    consoleUrl: consoleUrlOf(config),
    log: (line) => process.stdout.write(`${line}\n`),
  });
  const { databaseUrl, redis } = config.connections;
  const addresses = {
    apiUrl: config.publicUrl,
    databaseUrl,
    redis: `${redis.host}:${redis.port}`,
    razorpayUrl: config.connections.razorpayUrl,
    sesUrl: sandbox.sesUrl,
    timeMachineUrl: timeMachine.url,
  };
  await writeFile(resolve('.sandbox/addresses.json'), `${JSON.stringify(addresses, null, 2)}\n`);
  process.stdout.write(banner({ config, sandbox, products, timeMachineUrl: timeMachine.url }));
  return () => timeMachine.stop();
}

async function ensureAdmin({ services }: Holdfast): Promise<{ userId: string }> {
  const known = await services.users.findCredentials(SAMPLE_ADMIN.email);
  if (known !== undefined) return { userId: known.user.id };
  const account = await services.accounts.prepare(SAMPLE_ADMIN, 'admin');
  return { userId: (await services.accounts.insert(account)).id };
}

/** Answers how many products there are. Only a catalogue without any product is filled. */
async function ensureProducts(
  { services }: Holdfast,
  currency: string,
  admin: { userId: string },
): Promise<number> {
  const { pagination } = await services.catalog.listAll({ sort: 'newest', page: 1, limit: 1 });
  if (pagination.total > 0) return pagination.total;
  for (const [place, { price, ...sample }] of SAMPLE_PRODUCTS.entries()) {
    const { product } = await services.catalog.create(
      { ...sample, price: { amount: price, currency } },
      admin,
    );
    const file = await tileOf(sample.name, place);
    await services.images.add(product.id, { file, alt: sample.name });
  }
  return SAMPLE_PRODUCTS.length;
}

type Told = { config: Config; sandbox: Sandbox; products: number; timeMachineUrl: string };

function banner({ config, sandbox, products, timeMachineUrl }: Told): string {
  const { publicUrl, connections } = config;
  const rows = [
    ['Console', consoleUrlOf(config)],
    ['API', `${publicUrl}/v1`],
    ['Documentation', `${publicUrl}/docs`],
    ['Contract', `${publicUrl}/openapi.yaml`],
    ...(sandbox.razorpayUrl === undefined ? [] : [['Razorpay sandbox', sandbox.razorpayUrl]]),
    ...(sandbox.sesUrl === undefined ? [] : [['Mails', `${sandbox.sesUrl}/mails`]]),
    ['Clock and jobs', timeMachineUrl],
    // That of the sandbox has no password; any other may have one.
    ['MongoDB', sandbox.databaseUrl ?? databaseOf(connections.databaseUrl) ?? 'of DATABASE_URL'],
    ['Redis', redisOf(connections.redis)],
    ['Admin', `${SAMPLE_ADMIN.email}  password: ${SAMPLE_ADMIN.password}`],
  ];
  return `
Holdfast is ready: ${products} products in the catalogue.

${rows.map(([name, value]) => `  ${String(name).padEnd(18)}${String(value)}`).join('\n')}

Try next, in another terminal:
  npm run demo                              a purchase, and an order that nobody pays, step by step
  npm run storefront                        a shop in the browser, before this API
  curl ${publicUrl}/v1/products     what is on sale

The addresses are in .sandbox/addresses.json too. Ctrl-C stops everything; the data stay in .sandbox/.
`;
}
