import { describe, expect, it } from '@jest/globals';
import type { ApiError, Timeline } from '../../../generated/openapi.js';
import { bodyOf, codeOf } from '../../support/bodies.js';
import { admin, later, orderOf } from '../../support/flows.js';
import { paidOrder, unpaidOrder } from '../../support/money.js';
import { sharedApp } from '../../support/shared.js';

const app = await sharedApp();
const boss = await admin(app);

const move = (orderId: string, status: string, reason?: string) =>
  boss
    .post(`/v1/admin/orders/${orderId}/status`)
    .send(reason === undefined ? { status } : { status, reason });
const stepsOf = async (orderId: string) => {
  const { data } = bodyOf<Timeline>(await boss.get(`/v1/orders/${orderId}/timeline`).expect(200));
  return data.filter(({ from, to }) => from !== to).map(({ from, to }) => [from, to]);
};

describe('200', () => {
  it('O3: a paid order is moved on to its customer, and each step is in its timeline', async () => {
    const { order, buyer } = await paidOrder(app);
    expect((await move(order.id, 'processing', 'To the warehouse').expect(200)).body).toMatchObject({
      status: 'processing',
    });
    await move(order.id, 'shipped').expect(200);
    await move(order.id, 'delivered').expect(200);
    expect(await orderOf(buyer, order.id)).toMatchObject({ status: 'delivered', paymentStatus: 'completed' });
    expect(await stepsOf(order.id)).toEqual([
      [null, 'pending'],
      ['pending', 'paid'],
      ['paid', 'processing'],
      ['processing', 'shipped'],
      ['shipped', 'delivered'],
    ]);
    const { data } = bodyOf<Timeline>(await boss.get(`/v1/orders/${order.id}/timeline`).expect(200));
    const step = data.find(({ to }) => to === 'processing');
    expect(step).toMatchObject({ reason: 'To the warehouse', actor: { kind: 'admin' } });
    expect(step?.actor.id).toMatch(/^\w+$/);
  });

  it('O3: an order may be shipped without a word about its packing', async () => {
    const { order } = await paidOrder(app);
    await move(order.id, 'shipped').expect(200);
  });

  it('O3: the status that it has already changes nothing', async () => {
    const { order } = await paidOrder(app);
    const first = await move(order.id, 'processing').expect(200);
    expect((await move(order.id, 'processing', 'Again').expect(200)).body).toEqual(first.body);
    expect(await stepsOf(order.id)).toHaveLength(3);
  });

  it('O3: ten at once take the step once', async () => {
    const { order } = await paidOrder(app);
    const answers = await Promise.all(Array.from({ length: 10 }, () => move(order.id, 'shipped')));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(await stepsOf(order.id)).toHaveLength(3);
  });
});

describe('404', () => {
  it('O3: of an order that does not exist', async () => {
    expect(codeOf(await move('nothing-has-this-id', 'shipped').expect(404))).toBe('not_found');
  });
});

describe('409', () => {
  it.each([
    { path: [], to: 'delivered', status: 'paid', legal: ['processing', 'shipped', 'cancelled'] },
    { path: ['processing'], to: 'delivered', status: 'processing', legal: ['shipped', 'cancelled'] },
    { path: ['shipped'], to: 'processing', status: 'shipped', legal: ['delivered'] },
    { path: ['shipped', 'delivered'], to: 'shipped', status: 'delivered', legal: [] },
  ])(
    'O3: from $status to $to is illegal, and the legal moves are named',
    async ({ path, to, status, legal }) => {
      const { order } = await paidOrder(app);
      for (const step of path) await move(order.id, step).expect(200);
      const body = bodyOf<ApiError>(await move(order.id, to).expect(409));
      expect(body).toMatchObject({ code: 'illegal_transition', details: { status, legal } });
      expect(await orderOf(boss, order.id)).toMatchObject({ status });
    },
  );

  it('O3: what is not paid, cancelled or rolled back is not sent to anybody', async () => {
    const { order, buyer } = await unpaidOrder(app);
    const details = async () => bodyOf<ApiError>(await move(order.id, 'shipped').expect(409)).details;
    expect(await details()).toEqual({ status: 'pending', legal: ['cancelled'] });
    await buyer.post(`/v1/orders/${order.id}/cancel`).send({}).expect(200);
    expect(await details()).toEqual({ status: 'cancelled', legal: [] });
    const late = await unpaidOrder(app);
    await later(app, 16 * 60_000);
    const answer = bodyOf<ApiError>(await move(late.order.id, 'processing').expect(409));
    expect(answer.details).toEqual({ status: 'pending_stock_rolledback', legal: [] });
  });
});
