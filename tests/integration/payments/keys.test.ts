import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from '@jest/globals';
import { createPaymentKeys } from '../../../src/modules/payments/razorpay.keys.js';
import { GatewayError } from '../../../src/modules/payments/razorpay.errors.js';
import { createGateway, type Gateway } from '../../../src/modules/payments/razorpay.js';
import { createLog } from '../../../src/platform/log.js';

/** Enough for what is asked here: a list, an order, a refund. */
const done = (path: string) => ({
  ...{ items: [], id: 'any_1', amount: 100, currency: 'INR', receipt: null, payment_id: 'pay_1' },
  status: path.endsWith('/refund') ? 'processed' : 'created',
});

let server: Server | undefined;
afterEach(async () => {
  await new Promise((done) => (server === undefined ? done(undefined) : server.close(done)));
});

/** A Razorpay that gives these statuses, one after the other and the last for ever, and what is known of its keys. */
function keysAt(...statuses: number[]) {
  return keysWhere((_path, asked) => statuses[Math.min(asked, statuses.length - 1)] ?? 500);
}

/** `statusOf`: of an address, and of how many questions came before. */
async function keysWhere(statusOf: (path: string, asked: number) => number, calmMs = 0) {
  const lines: string[] = [];
  let asked = 0;
  const started = createServer((request, response) => {
    const status = statusOf(request.url ?? '', asked);
    asked += 1;
    response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
    response.end(JSON.stringify(status === 200 ? done(request.url ?? '') : { error: { description: 'no' } }));
  });
  server = started;
  await new Promise<void>((done) => started.listen(0, '127.0.0.1', done));
  const { port } = started.address() as AddressInfo;
  const write = (line: string): void => {
    const { level, msg } = JSON.parse(line) as { level: number; msg: string };
    lines.push(`${level} ${msg}`);
  };
  const log = createLog({ level: 'info', destination: { write } });
  const keys = createPaymentKeys({ log, againMs: 5, calmMs });
  const apiUrl = `http://127.0.0.1:${port}`;
  const gateway = createGateway({ keyId: 'key', keySecret: 'secret', apiUrl, onKeys: keys.note });
  return { keys, gateway, lines, asked: () => asked };
}

it('M1: keys that are taken are asked about once, and nothing is said', async () => {
  const { keys, gateway, lines, asked } = await keysAt(200);
  expect(keys.areRefused()).toBeUndefined();
  await keys.check(gateway);
  expect([keys.areRefused(), asked(), lines]).toEqual([false, 1, []]);
});

it('M1: a Razorpay that cannot be reached yet is asked again until it has said it, and its silence is told once', async () => {
  const { keys, gateway, lines, asked } = await keysAt(500, 502, 401);
  await keys.check(gateway);
  expect([keys.areRefused(), asked()]).toEqual([true, 3]);
  expect(lines).toEqual([
    expect.stringMatching(/^40 .*does not say yet/),
    expect.stringMatching(/^50 .*check RAZORPAY_KEY_ID and RAZORPAY_KEY_SECRET/),
  ]);
});

it('M1: what any later answer says of the keys is told when it turns, not each time', async () => {
  const { keys, gateway, lines } = await keysAt(401, 403, 401, 200, 200);
  await keys.check(gateway);
  for (let i = 0; i < 2; i += 1)
    await expect(gateway.payment('pay_1')).rejects.toThrow('check RAZORPAY_KEY_ID');
  await gateway.tryKeys();
  await gateway.tryKeys();
  expect(keys.areRefused()).toBe(false);
  expect(lines).toEqual([expect.stringMatching(/^50 /), '30 Razorpay takes the keys again']);
});

it('M1: a stop ends the asking', async () => {
  const { keys, gateway, asked } = await keysAt(500);
  const checking = keys.check(gateway);
  keys.stop();
  await checking;
  expect(asked()).toBeLessThanOrEqual(1);
  expect(keys.areRefused()).toBeUndefined();
});

/** Whether a payment can be started, which Razorpay answers like this. */
const start = (gateway: Gateway) =>
  gateway.createOrder({ amount: 100, currency: 'INR', receipt: 'r', notes: {} }).then(
    () => 'started',
    (error: unknown) => (error instanceof GatewayError && error.keysRefused ? 'keys refused' : 'failed'),
  );

it('M1: one kind of call that the keys may not do is told once, and what else works does not take it back', async () => {
  let mayRefund = false;
  const { keys, gateway, lines } = await keysWhere((path) =>
    path.endsWith('/refund') && !mayRefund ? 403 : 200,
  );
  const refund = () =>
    gateway
      .refund({ gatewayPaymentId: 'pay_1', amount: 100, key: 'a-key-of-a-refund', reason: '' })
      .catch((error: unknown) => error);
  await keys.check(gateway);
  for (let i = 0; i < 5; i += 1) {
    expect(await refund()).toMatchObject({ keysRefused: true });
    expect(await start(gateway)).toBe('started');
    expect(keys.areRefused()).toBe(true);
  }
  expect(lines).toEqual([
    expect.stringMatching(/^50 Razorpay does not let these keys do one thing.*\(refund\)/),
  ]);
  mayRefund = true;
  await refund();
  expect(keys.areRefused()).toBe(false);
  expect(lines.slice(1)).toEqual(['30 Razorpay takes the keys again']);
});

it.each([401, 403])(
  'M1: keys that are refused (%i) now and then are refused until that has been over for a while',
  async (status) => {
    const { keys, gateway, lines } = await keysWhere(
      (_path, asked) => (asked % 2 === 0 ? status : 200),
      600_000,
    );
    for (let i = 0; i < 6; i += 1) {
      await start(gateway);
      expect(keys.areRefused()).toBe(true);
    }
    expect(lines).toEqual([expect.stringMatching(/^50 /)]);
  },
);
