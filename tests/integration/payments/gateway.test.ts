import { afterEach, expect, it } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GatewayError, type KeysVerdict } from '../../../src/modules/payments/razorpay.errors.js';
import { createGateway } from '../../../src/modules/payments/razorpay.js';

let server: Server | undefined;
afterEach(async () => {
  await new Promise((done) => (server === undefined ? done(undefined) : server.close(done)));
  server = undefined;
});

/** The shop's side of a Razorpay that answers every request like this. */
async function gatewayTo(
  answer: (asked: URL) => { status: number; body: object },
  onKeys?: (verdict: KeysVerdict) => void,
) {
  const started = createServer((request, response) => {
    const { status, body } = answer(new URL(request.url ?? '/', 'http://razorpay'));
    response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
    response.end(JSON.stringify(body));
  });
  server = started;
  await new Promise<void>((done) => started.listen(0, '127.0.0.1', done));
  const { port } = started.address() as AddressInfo;
  return createGateway({
    keyId: 'key',
    keySecret: 'secret',
    apiUrl: `http://127.0.0.1:${port}`,
    ...(onKeys && { onKeys }),
  });
}

const made = (length: number) =>
  Array.from({ length }, (_, i) => ({
    id: `rfnd_${i}`,
    payment_id: 'pay_1',
    amount: 100,
    status: 'processed',
  }));

it('M7: the refunds of a payment are read page by page, each once', async () => {
  const pages: string[] = [];
  const gateway = await gatewayTo(({ searchParams }) => {
    const [skip, count] = [Number(searchParams.get('skip')), Number(searchParams.get('count'))];
    pages.push(`${skip}+${count}`);
    return { status: 200, body: { items: made(250).slice(skip, skip + count) } };
  });
  const ids = (await gateway.refundsOf('pay_1')).map(({ id }) => id);
  expect([ids.length, new Set(ids).size]).toEqual([250, 250]);
  expect(pages).toEqual(['0+100', '100+100', '200+100']);
});

it('M7: and a gateway that gives its first page again and again is not asked for ever', async () => {
  let asked = 0;
  const gateway = await gatewayTo(() => {
    asked += 1;
    return { status: 200, body: { items: made(100) } };
  });
  expect(await gateway.refundsOf('pay_1')).toHaveLength(100);
  expect(asked).toBe(2);
});

it.each([
  [400, 'The id provided does not exist', 'refused', true],
  [400, 'The payment has been fully refunded already', 'refused', false],
  [404, 'The id provided does not exist', 'refused', false],
  [401, 'Authentication failed', 'unknown', false],
  [500, 'The id provided does not exist', 'unknown', false],
] as const)(
  'M7: %i "%s" is %s, and that it has nothing: %s',
  async (status, description, outcome, isMissing) => {
    const gateway = await gatewayTo(() => ({ status, body: { error: { description } } }));
    for (const ask of [() => gateway.payment('pay_1'), () => gateway.refundsOf('pay_1')]) {
      const error = await ask().catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(GatewayError);
      expect(error).toMatchObject({ outcome, isMissing, message: expect.stringContaining(description) });
    }
  },
);

it.each([400, 401, 403, 404, 413])(
  'M8: a %i in other words than Razorpay’s own refuses nothing',
  async (status) => {
    for (const body of [{}, { message: 'Request blocked' }, { error: {} }, { error: { description: '' } }]) {
      const gateway = await gatewayTo(() => ({ status, body }));
      const refund = { gatewayPaymentId: 'pay_1', amount: 100, key: 'refund-no-1', reason: 'A scratch' };
      for (const ask of [() => gateway.payment('pay_1'), () => gateway.refund(refund)]) {
        const error = await ask().catch((thrown: unknown) => thrown);
        expect(error).toBeInstanceOf(GatewayError);
        expect(error).toMatchObject({ outcome: 'unknown', isMissing: false, keysRefused: false });
      }
      await new Promise((done) => server?.close(done));
    }
  },
);

it.each([
  [401, 'Authentication failed', 'refused'],
  [403, 'Access denied', 'forbidden'],
  [400, 'The id provided does not exist', undefined],
  [429, 'Too many requests', undefined],
  [500, 'We are facing some trouble', undefined],
  [200, '', 'taken'],
] as const)('M1: %i "%s" says of the keys that they are %s', async (status, description, verdict) => {
  const body = status === 200 ? { items: [] } : { error: { description } };
  const heard: KeysVerdict[] = [];
  const gateway = await gatewayTo(
    () => ({ status, body }),
    (now) => heard.push(now),
  );
  const error = await gateway.tryKeys().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(heard).toEqual(verdict === undefined ? [] : [verdict]);
  if (status === 200) expect(error).toBeUndefined();
  const areRefused = verdict === 'refused' || verdict === 'forbidden';
  if (status !== 200) expect(error).toMatchObject({ keysRefused: areRefused });
  if (areRefused)
    expect(error).toMatchObject({
      message: expect.stringContaining('check RAZORPAY_KEY_ID and RAZORPAY_KEY_SECRET'),
    });
});

it('M1: no answer is called that, not a refusal of the keys', async () => {
  const gateway = createGateway({ keyId: 'key', keySecret: 'secret', apiUrl: 'http://127.0.0.1:9' });
  const error = await gateway.tryKeys().catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ keysRefused: false, silent: true });
  expect(error).toMatchObject({ message: expect.stringMatching(/^Razorpay did not answer: .*ECONNREFUSED/) });
});

it('M8: an answer that trickles in and never ends is over in time, as one that does not come', async () => {
  const started = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const drop = setInterval(() => response.write(' '), 200);
    response.on('close', () => clearInterval(drop));
  });
  server = started;
  await new Promise<void>((done) => started.listen(0, '127.0.0.1', done));
  const { port } = started.address() as AddressInfo;
  const gateway = createGateway({ keyId: 'key', keySecret: 'secret', apiUrl: `http://127.0.0.1:${port}` });
  const refund = { gatewayPaymentId: 'pay_1', amount: 100, key: 'refund-no-1', reason: 'A scratch' };
  const asked = [
    () => gateway.payment('pay_1'),
    () => gateway.paymentsOfOrder('order_1'),
    () => gateway.capture('pay_1', 100, 'INR'),
    () => gateway.refund(refund),
  ];
  const began = performance.now();
  const errors = await Promise.all(asked.map((ask) => ask().catch((thrown: unknown) => thrown)));
  expect(performance.now() - began).toBeLessThan(8_000);
  for (const error of errors) {
    expect(error).toBeInstanceOf(GatewayError);
    expect(error).toMatchObject({ outcome: 'unknown' });
  }
}, 20_000);
