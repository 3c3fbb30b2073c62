import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startConsoleApp, type ConsoleApp } from '../../support/console.js';
import { aProduct } from '../../support/flows.js';
import { until } from '../../support/own.servers.js';

describe('X7: the console', () => {
  let at: ConsoleApp;
  let productId: string;

  beforeAll(async () => {
    at = await startConsoleApp();
  });
  afterAll(() => at.stop());
  beforeEach(async () => {
    productId = (await aProduct(at.app, { stock: 10, price: 50_000 })).id;
  });

  /** Makes an order of the test's product and answers its id. */
  async function anOrder(units = 1): Promise<string> {
    const number = numberIn(await at.done('makeOrder', { productId, units }));
    const { data } = (await at.state()).orders;
    const order = data?.find((one) => one.number === number);
    if (order === undefined) throw new Error(`${number} is not shown`);
    return order.id;
  }
  const numberIn = (text: string): string => /HF-\w+/.exec(text)?.[0] ?? '';
  const statusOf = async (orderId: string): Promise<string[]> => {
    const { status, paymentStatus } = await at.order(orderId);
    return [status, paymentStatus];
  };

  describe('what it shows', () => {
    it('each product’s equation, and who holds what', async () => {
      await at.done('fillCart', { productId, units: 2 });
      await anOrder(3);
      const name = (await at.product(productId)).name;
      expect(await at.product(productId)).toMatchObject({
        ...{ onHand: 10, available: 5, carts: 2, orders: 3, inFlight: 0, isTrue: true },
      });
      const { data } = (await at.state()).stock;
      const holds = (data?.holds ?? []).filter(({ id }) => id.startsWith(productId));
      expect(holds).toContainEqual({
        ...{
          id: expect.any(String),
          product: name,
          units: 2,
          who: 'a guest’s cart',
          until: expect.any(Number),
        },
      });
      expect(holds).toContainEqual(
        expect.objectContaining({ units: 3, who: expect.stringMatching(/^HF-/), until: null }),
      );
    });

    it('a number that nothing explains', async () => {
      await at.done('fillCart', { productId, units: 1 });
      await at.app.redis.incrby(`stock:${productId}`, 1);
      const line = await until(
        () => at.product(productId),
        ({ isTrue }) => !isTrue,
      );
      expect(line).toMatchObject({ onHand: 10, available: 10, carts: 1, isTrue: false });
    });

    it('payments with what Razorpay and Holdfast know, events with the inbox’s verdict, mails that can be read', async () => {
      const orderId = await anOrder();
      const { number, customer } = await at.order(orderId);
      await at.done('pay', { orderId });
      const { payments, events, mails, jobs, clock } = await at.state();
      expect(payments.data).toContainEqual({
        ...{ id: expect.stringMatching(/^pay_/), order: number, amount: '₹500.00', method: 'upi' },
        ...{ atRazorpay: 'captured', recorded: 'captured', returned: null },
      });
      expect(events.data?.lines).toContainEqual(
        expect.objectContaining({
          ...{ event: 'payment.captured', order: number, status: 'delivered', deliveries: ['200'] },
          verdict: 'recorded',
        }),
      );
      const mail = mails.data?.find(({ to, subject }) => to === customer && subject.includes(number));
      const page = await fetch(`${at.url}/sandbox/mails/${mail?.id ?? ''}`);
      expect(await page.text()).toContain(number);
      expect(page.headers.get('content-security-policy')).toMatch(/frame-ancestors 'self'; sandbox$/);
      expect(jobs.data?.map(({ name }) => name)).toContain('stock-rollback');
      expect(clock.leaps.map(({ label }) => label)).toEqual(['+1 min', '+16 min', '+31 min', '+25 h']);
    });

    it('an order’s timeline, when it is asked for', async () => {
      const orderId = await anOrder();
      const timeline = await (await fetch(`${at.url}/sandbox/orders/${orderId}/timeline`)).json();
      expect(timeline).toEqual([{ at: expect.any(Number), to: 'pending', by: 'customer', reason: 'placed' }]);
      expect((await fetch(`${at.url}/sandbox/orders/nobody/timeline`)).status).toBe(404);
    });
  });

  describe('what it does to an order', () => {
    it('pays it, and the rest of it', async () => {
      const orderId = await anOrder(2);
      expect(await at.done('payHalf', { orderId })).toContain('₹500.00');
      expect(await statusOf(orderId)).toEqual(['pending', 'partially_paid']);
      expect(await at.order(orderId)).toMatchObject({ total: '₹1,000.00', due: '₹500.00' });
      expect(await at.done('pay', { orderId })).toContain('The order is paid, its payment completed.');
      expect(await at.product(productId)).toMatchObject({ onHand: 8, available: 8, orders: 0, isTrue: true });
    });

    it('has a payment fail; another may follow', async () => {
      const orderId = await anOrder();
      await at.done('fail', { orderId });
      expect(await statusOf(orderId)).toEqual(['pending', 'pending']);
      await at.done('pay', { orderId });
      expect(await statusOf(orderId)).toEqual(['paid', 'completed']);
    });

    it('pays late: past its time, rolled back, and then paid all the same', async () => {
      const orderId = await anOrder();
      const before = (await at.state()).clock.aheadMs;
      await at.done('payLate', { orderId });
      expect((await at.state()).clock.aheadMs - before).toBeGreaterThan(15 * 60_000);
      expect(await statusOf(orderId)).toEqual(['paid', 'completed']);
      const timeline = (await (await fetch(`${at.url}/sandbox/orders/${orderId}/timeline`)).json()) as {
        to: string;
      }[];
      expect(timeline.map(({ to }) => to)).toContain('pending_stock_rolledback');
      expect(await at.product(productId)).toMatchObject({ onHand: 9, available: 9, isTrue: true });
    });

    it('pays the rest too late: the order is cancelled, and all its money goes back', async () => {
      const orderId = await anOrder(2);
      await at.done('payHalf', { orderId });
      await at.done('payLate', { orderId });
      await until(
        () => statusOf(orderId),
        ([status, payment]) => status === 'cancelled' && payment === 'refunded',
      );
      expect(await at.product(productId)).toMatchObject({ onHand: 10, available: 10, isTrue: true });
      // The payment of all that was started with the order can still come, and goes back as well.
      await at.done('payLate', { orderId });
      expect(await at.press('payLate', { orderId })).toMatchObject({
        ...{ status: 409, text: expect.stringContaining('none can come late') },
      });
    });

    it('over-pays: what is too much goes back', async () => {
      const orderId = await anOrder();
      await at.done('overPay', { orderId });
      expect(await statusOf(orderId)).toEqual(['paid', 'completed']);
      await at.done('overPay', { orderId });
      const { number } = await at.order(orderId);
      const returned = await until(
        async () => ((await at.state()).payments.data ?? []).filter(({ order }) => order === number),
        (payments) => payments.every(({ returned: back }) => back !== null),
      );
      expect(returned.map(({ amount, returned: back }) => [amount, back]).sort()).toEqual([
        ['₹500.00', '₹500.00'],
        ['₹600.00', '₹100.00'],
      ]);
    });

    it('pays without a word: Holdfast asks by itself', async () => {
      const orderId = await anOrder();
      await at.done('payUnheard', { orderId });
      expect(await statusOf(orderId)).toEqual(['pending', 'pending']);
      await at.done('clock', { minutes: 2 });
      expect(await statusOf(orderId)).toEqual(['paid', 'completed']);
    });

    it('says why an order cannot take it, and does nothing', async () => {
      const orderId = await anOrder();
      await at.done('pay', { orderId });
      for (const action of ['pay', 'payHalf', 'fail', 'payLate', 'payUnheard', 'payHeld']) {
        const { status, text } = await at.press(action, { orderId });
        expect([action, status]).toEqual([action, 409]);
        expect(text).toMatch(/^HF-\w+: It is paid\. .+\.$/);
      }
      const { cannot } = await at.order(orderId);
      expect(cannot).toMatchObject({ pay: 'It is paid. It takes no new payment.', overPay: null });
      expect((await at.press('pay', { orderId: 'nobody' })).status).toBe(404);
      expect((await at.press('pay')).status).toBe(400);
      expect((await at.press('nothing')).status).toBe(404);
    });
  });

  describe('what it does to webhooks', () => {
    it('holds them back and delivers them out of order', async () => {
      expect(await at.press('deliverBackwards')).toMatchObject({ status: 409 });
      const orderId = await anOrder();
      await at.done('payHeld', { orderId });
      expect(await statusOf(orderId)).toEqual(['pending', 'pending']);
      expect((await at.state()).events.data).toMatchObject({ held: 3, cannotDeliverHeld: null });
      expect(await at.done('deliverBackwards')).toBe(
        '3 held events were delivered, the newest first: 200, 200, 200.',
      );
      expect(await statusOf(orderId)).toEqual(['paid', 'completed']);
    });

    it('delivers held ones in their order, or one by one', async () => {
      const orderId = await anOrder();
      await at.done('payHeld', { orderId });
      const held = (await at.state()).events.data?.lines.filter(({ status }) => status === 'held') ?? [];
      const first = held.find(({ event }) => event === 'payment.authorized')?.id;
      expect(await at.done('deliver', { eventId: first })).toBe(
        'payment.authorized was delivered once: 200.',
      );
      expect(await at.press('deliver', { eventId: first })).toEqual({
        ...{ status: 409, text: 'payment.authorized: It is not held back: it is delivered already.' },
      });
      await at.done('deliverHeld');
      expect(await statusOf(orderId)).toEqual(['paid', 'completed']);
      expect((await at.press('deliverHeld')).text).toContain('No event is held back');
    });

    it('delivers twice at the same time, which changes nothing', async () => {
      const orderId = await anOrder();
      const { number } = await at.order(orderId);
      await at.done('pay', { orderId });
      const event = (await at.state()).events.data?.lines.find(
        (line) => line.order === number && line.event === 'payment.captured',
      );
      expect(await at.done('deliverTwice', { eventId: event?.id })).toContain(
        'twice at the same time: 200, 200.',
      );
      expect(await statusOf(orderId)).toEqual(['paid', 'completed']);
      expect(await at.product(productId)).toMatchObject({ onHand: 9, isTrue: true });
      expect((await at.press('deliverTwice', { eventId: 'nothing' })).status).toBe(404);
    });
  });

  describe('what it does to time', () => {
    it('an order that nobody pays is rolled back, and it is said', async () => {
      const orderId = await anOrder(2);
      const { number, until: overdue } = await at.order(orderId);
      expect(overdue).toBeGreaterThan((await at.state()).clock.now);
      const text = await at.done('clock', { minutes: 16 });
      expect(text).toContain(`${number}: pending stock rolledback, its payment pending.`);
      expect(text).toContain('stock-rollback examined');
      expect(await at.product(productId)).toMatchObject({ onHand: 10, available: 10, isTrue: true });
      expect(await at.press('pay', { orderId })).toMatchObject({ status: 409 });
      await at.done('payLate', { orderId });
      expect(await statusOf(orderId)).toEqual(['paid', 'completed']);
    });

    it('a cart’s hold lapses', async () => {
      await at.done('fillCart', { productId, units: 4 });
      expect(await at.product(productId)).toMatchObject({ available: 6, carts: 4 });
      expect(await at.done('clock', { minutes: 31 })).toContain('10 available.');
      expect(await at.product(productId)).toMatchObject({ available: 10, carts: 0, isTrue: true });
    });

    it('moves forward only, a month at most; jobs run when they are told', async () => {
      for (const minutes of [0, -1, 43_201]) expect((await at.press('clock', { minutes })).status).toBe(400);
      expect(await at.done('job', { name: 'stock-sweep' })).toMatch(
        /^stock-sweep examined \d+ and changed \d+\.$/,
      );
      expect((await at.press('job', { name: 'no-such-job' })).status).toBe(400);
      const { data } = (await at.state()).jobs;
      expect(data?.find(({ name }) => name === 'stock-sweep')?.lastAt).not.toBeNull();
    });
  });

  describe('trouble', () => {
    it('Razorpay is away for a while: a payment cannot be started, and it is said; then all is well by itself', async () => {
      const orderId = await anOrder();
      // The payment that was started with the order is for all of it; half of it needs Razorpay.
      expect(await at.done('trouble', { service: 'razorpay', mode: 'down', seconds: 1 })).toContain(
        'For 1 s',
      );
      expect((await at.trouble('razorpay')).now).toMatchObject({ until: expect.any(Number) });
      expect(await at.press('payHalf', { orderId })).toMatchObject({
        ...{ status: 503, text: expect.stringContaining('payment gateway is not available') },
      });
      await until(
        () => at.trouble('razorpay'),
        ({ now }) => now === null,
      );
      await until(
        () => at.press('payHalf', { orderId }),
        ({ status }) => status === 200,
        15_000,
      );
    });

    it('SES refuses: the mail waits, until the trouble is ended', async () => {
      await at.done('trouble', { service: 'ses', mode: 'error500', seconds: 60 });
      for (const mode of ['no-such', 'toString', '__proto__', 'constructor']) {
        const refused = await at.press('trouble', { service: 'ses', mode, seconds: 1 });
        expect(refused).toEqual({ status: 400, text: `SES has no trouble "${mode}".` });
      }
      for (const seconds of [0, 301]) {
        expect((await at.press('trouble', { service: 'razorpay', mode: 'down', seconds })).status).toBe(400);
      }
      await at.done('pay', { orderId: await anOrder() });
      const waiting = await until(
        async () => (await at.state()).outbox.data ?? [],
        (mails) => mails.some(({ waits }) => waits?.includes('1 attempt') === true),
      );
      expect(waiting.map(({ subject }) => subject)).toContain('order_confirmation');
      expect(await at.done('endTrouble', { service: 'ses' })).toBe('SES is back.');
      expect(await at.press('endTrouble', { service: 'ses' })).toMatchObject({ status: 409 });
      await at.done('clock', { minutes: 5 });
      await until(
        async () => (await at.state()).outbox.data ?? [],
        (mails) => mails.length === 0,
      );
    });

    it('databases that are somebody else’s are left alone, and it says why', async () => {
      for (const [service, setting] of [
        ['mongo', 'DATABASE_URL'],
        ['redis', 'HOST_IP'],
      ] as const) {
        expect((await at.trouble(service)).cannot).toContain(setting);
        const refused = await at.press('trouble', { service, mode: 'away', seconds: 1 });
        expect(refused).toMatchObject({ status: 409, text: expect.stringContaining(setting) });
      }
    });
  });
});
