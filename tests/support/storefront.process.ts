import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { freePort } from '../../src/sandbox/keeper.js';
import { startShopProcess, type ShopProcess } from './shop.process.js';

/** A shop, and the example storefront before it as `npm run storefront` serves it. */
export type StorefrontProcess = {
  shop: ShopProcess;
  /** Where the storefront's pages are. */
  url: string;
  stop(): Promise<void>;
};

/** `env` is the shop's. Throws the words of whichever does not start. */
export async function startStorefrontProcess(env: Record<string, string> = {}): Promise<StorefrontProcess> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const shop = await startShopProcess({ CORS_ORIGINS: url, ...env });
  const checkout = `${shop.razorpayUrl}/v1/checkout.js`;
  const command = ['--import', 'tsx', 'scripts/storefront.ts', '--port', String(port)];
  const child = spawn(process.execPath, [...command, '--api', shop.url, '--checkout', checkout], {
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close');
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
    await shop.stop();
  };
  let output = '';
  const ready = new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        if (output.includes(`The storefront is at ${url}`)) resolve();
      });
    }
    void ended.then(() => reject(new Error(`the storefront did not start:\n${output}`)));
  });
  try {
    await ready;
  } catch (error) {
    await shop.stop();
    throw error;
  }
  return { shop, url, stop };
}
