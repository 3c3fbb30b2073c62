import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createHttpServer } from '../../src/platform/http/server.js';
import { createConsole } from '../../src/sandbox/console/console.js';
import type { OrderLine, State, StockLine, TroubleLine } from '../../src/sandbox/console/console.types.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/start.js';
import { startTestApp, type TestApp, type TestOptions } from './app.js';

export type Answered = { status: number; text: string };

/** A test's Holdfast with the sandbox's console in front of it, at an address of its own. */
export type ConsoleApp = {
  app: TestApp;
  url: string;
  state(): Promise<State>;
  /** Presses a button: what was answered, `text` in the console's words. */
  press(action: string, body?: object): Promise<Answered>;
  /** Presses a button that works; throws with the reason where it does not. */
  done(action: string, body?: object): Promise<string>;
  order(orderId: string): Promise<OrderLine>;
  product(productId: string): Promise<StockLine>;
  trouble(service: TroubleLine['service']): Promise<TroubleLine>;
  stop(): Promise<void>;
};

/** `databases`: those of a sandbox; without them they are somebody else's, and the console leaves them alone. */
export async function startConsoleApp(
  options: TestOptions = {},
  databases: Pick<Sandbox['running'], 'mongo' | 'redis'> = {},
): Promise<ConsoleApp> {
  const app = await startTestApp(options);
  const { holdfast, config, razorpay, ses } = app;
  const console = createConsole({ holdfast, config, sandbox: { running: { ...databases, razorpay, ses } } });
  const server = createHttpServer(console.before(holdfast.app));
  const url = `http://127.0.0.1:${await server.listen(0, '127.0.0.1')}`;

  const state = async (): Promise<State> => (await fetch(`${url}/sandbox/state`)).json() as Promise<State>;
  const press = async (action: string, body: object = {}): Promise<Answered> => {
    const response = await fetch(`${url}/sandbox/do/${action}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const { message, error } = (await response.json()) as { message?: string; error?: string };
    return { status: response.status, text: message ?? error ?? '' };
  };
  const found = <T>(one: T | undefined, what: string): T => {
    if (one === undefined) throw new Error(`the console shows no ${what}`);
    return one;
  };
  return {
    ...{ app, url, state, press },
    async done(action, body) {
      const { status, text } = await press(action, body);
      if (status !== 200) throw new Error(`${action}: ${status} ${text}`);
      return text;
    },
    order: async (orderId) =>
      found(
        (await state()).orders.data?.find(({ id }) => id === orderId),
        `order ${orderId}`,
      ),
    product: async (productId) =>
      found(
        (await state()).stock.data?.lines.find(({ id }) => id === productId),
        `product ${productId}`,
      ),
    trouble: async (service) =>
      found(
        (await state()).troubles.find((one) => one.service === service),
        service,
      ),
    async stop() {
      await server.stop(1_000);
      await app.stop();
    },
  };
}

/** How long it may take to install and start the two databases. */
export const DATABASES_MS = 300_000;

/** The same on databases that the sandbox has started, so that the console can take them away. */
export async function startConsoleSandbox(): Promise<ConsoleApp> {
  const dir = mkdtempSync(join(tmpdir(), 'console-'));
  const sandbox = await startSandbox({
    ...{ dir, toolsDir: resolve('.sandbox'), log: () => undefined },
    needs: { mongo: true, redis: true, razorpay: false, ses: false },
    razorpay: { keyId: '', keySecret: '', webhookSecret: '', webhookUrl: '' },
  });
  const redis = sandbox.redis ?? { host: '', port: 0 };
  const at = await startConsoleApp(
    { databaseUrl: sandbox.databaseUrl ?? '', redis: { ...redis, db: 0 } },
    sandbox.running,
  );
  // The test's own connection loses its server too, and has nothing to say about it.
  at.app.redis.on('error', () => undefined);
  return {
    ...at,
    async stop() {
      await at.stop();
      await sandbox.stop();
      rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
