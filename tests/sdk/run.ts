/*
 * `npm run test:sdk`: makes the SDKs of several languages, builds them, and with each signs in, lists products, fills a cart, places an order, and
 * reads a documented error, against a Holdfast that it starts itself on free ports. C# and PHP are made, and not built. `-- python go` tries only
 * these. What cannot be built for want of a toolchain is named and skipped; with `--all` that is a failure.
 */
import { spawn } from 'node:child_process';
import { isDeepStrictEqual } from 'node:util';
import { MongoClient } from 'mongodb';
import { messageOf } from '../../src/platform/errors.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { aProduct, customer, equation, PASSWORD } from '../support/flows.js';
import { startServers } from '../support/run.servers.js';
import { builds, made, MissingTool, type Program } from './programs.js';

const RUN_MS = 60_000;
const say = (line: string): boolean => process.stdout.write(`${line}\n`);

type Told = { order: string } & Record<string, unknown>;

/** Runs a program without holding up the server that it talks to, which lives in this process. */
async function outputOf({ command, args, cwd }: Program, env: Record<string, string>): Promise<string> {
  const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, timeout: RUN_MS });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== 0) throw new Error(`the program ended with ${String(code)}:\n${out}${err}`);
  return out;
}

/** Buys with an SDK, and looks in the shop whether it was so. */
async function tryOut(app: TestApp, program: Program): Promise<string> {
  const product = await aProduct(app, { price: 129_900, stock: 10 });
  const scarce = await aProduct(app, { stock: 1 });
  const { email } = await customer(app);
  const output = await outputOf(program, {
    HOLDFAST_URL: app.url,
    HOLDFAST_EMAIL: email,
    HOLDFAST_PASSWORD: PASSWORD,
    HOLDFAST_PRODUCT: product.id,
    HOLDFAST_SCARCE: scarce.id,
  });
  const { order, ...told } = JSON.parse(output.trim().split('\n').at(-1) ?? '') as Told;
  const expected = {
    orderStatus: 'pending',
    total: 259_800,
    status: 409,
    code: 'insufficient_stock',
    requested: 5,
    available: 1,
  };
  if (!isDeepStrictEqual(told, expected)) throw new Error(`it told ${JSON.stringify(told)}`);
  const client = await MongoClient.connect(app.config.connections.databaseUrl);
  const found = await client.db().collection('orders').countDocuments({ number: order });
  await client.close();
  if (found !== 1) throw new Error(`the shop has ${found} orders ${order}`);
  const stock = await equation(app, product.id);
  if (stock.orders !== 2) throw new Error(`the order holds ${stock.orders} units`);
  return order;
}

async function main(): Promise<void> {
  const asked = process.argv.slice(2).filter((argument) => argument !== '--all');
  const mustBuild = process.argv.includes('--all');
  const languages = Object.entries(builds).filter(([name]) => asked.length === 0 || asked.includes(name));
  // What other tests have recorded stays.
  process.env['HOLDFAST_TEST_SEEN'] = '/dev/null';
  process.env['HOLDFAST_TEST_ANSWERS'] = '/dev/null';
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const stopServers = await startServers();
  const app = await startTestApp();
  for (const [language, build] of languages) {
    const started = performance.now();
    const seconds = (): string => `${((performance.now() - started) / 1000).toFixed(0)} s`;
    try {
      const order = await tryOut(app, await build());
      counts.passed += 1;
      say(`${language}: built, and bought ${order} with it (${seconds()})`);
    } catch (error) {
      const missing = error instanceof MissingTool && !mustBuild;
      counts[missing ? 'skipped' : 'failed'] += 1;
      const message = messageOf(error);
      say(`${language}: ${missing ? 'SKIPPED' : 'FAILED'}. ${message}`);
    }
  }
  for (const [language, make] of Object.entries(made)) {
    if (asked.length > 0 && !asked.includes(language)) continue;
    try {
      await make();
      counts.passed += 1;
      say(`${language}: made`);
    } catch (error) {
      const missing = error instanceof MissingTool && !mustBuild;
      counts[missing ? 'skipped' : 'failed'] += 1;
      say(`${language}: ${missing ? 'SKIPPED' : 'FAILED'}. ${messageOf(error)}`);
    }
  }
  await app.stop();
  await stopServers();
  say(`SDKs: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  process.exit(counts.failed === 0 ? 0 : 1);
}

await main();
