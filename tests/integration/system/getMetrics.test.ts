import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { aProduct, customer, later, placeOrder } from '../../support/flows.js';
import { openRows } from '../../support/rows.js';
import { bearer } from '../../support/samples.js';
import { sharedApp } from '../../support/shared.js';

const app = await sharedApp();

describe('200', () => {
  it('X1 counts requests by operation and status, and tells nothing of what was asked', async () => {
    const { id } = await aProduct(app);
    await request(app.url).get(`/v1/products/${id}`).expect(200);
    await request(app.url).get('/v1/products/nothing').expect(404);
    await request(app.url).get('/nothing/at/all').expect(404);
    const token = bearer(app.config.metricsToken);
    const { text } = await request(app.url)
      .get('/metrics')
      .set(token)
      .expect(200)
      .expect('Content-Type', /^text\/plain/);
    const counts = text.split('\n').filter((line) => line.startsWith('http_requests_total{'));
    for (const [operation, status] of [
      ['getProduct', 200],
      ['getProduct', 404],
      ['unmatched', 404],
    ]) {
      const line = counts.find((one) => one.includes(`"${operation}"`) && one.includes(`"${status}"`));
      expect(line).toMatch(/ [1-9]\d*$/);
    }
    expect(text).not.toContain(id);
    expect(text).not.toContain('/nothing/at/all');
  });

  const scrape = async (): Promise<Map<string, number>> => {
    const { text } = await request(app.url).get('/metrics').set(bearer(app.config.metricsToken)).expect(200);
    const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    return new Map(lines.map((line) => [line.replace(/ \S+$/, ''), Number(line.split(' ').at(-1))]));
  };

  it('X1: tells how long an operation takes, in buckets', async () => {
    await request(app.url).get('/v1/products').expect(200);
    const figures = await scrape();
    const count = figures.get('http_request_duration_seconds_count{operation="listProducts"}');
    expect(count).toBeGreaterThanOrEqual(1);
    expect(figures.get('http_request_duration_seconds_bucket{le="5",operation="listProducts"}')).toBe(count);
  });

  it('X1: counts what is held after Redis was lost too, before anybody asks for the products', async () => {
    const [kept, lost] = [await aProduct(app, { stock: 9 }), await aProduct(app, { stock: 9 })];
    await app.agent().put(`/v1/cart/items/${kept.id}`).send({ quantity: 4 }).expect(200);
    await placeOrder(await customer(app), [{ productId: kept.id, quantity: 1 }]);
    await placeOrder(await customer(app), [{ productId: lost.id, quantity: 2 }]);
    // Of another incarnation, as after a restart with its file; and gone altogether.
    await app.redis.hset(`meta:${kept.id}`, 'epoch', '0');
    await app.redis.del(`stock:${lost.id}`, `meta:${lost.id}`, `due:${lost.id}`);
    await app.redis.zrem('due-products', lost.id);
    await app.holdfast.jobs.run('stock-reconcile');
    const figures = await scrape();
    expect(figures.get('holdfast_units_held{holder="carts"}')).toBe(4);
    expect(figures.get('holdfast_units_held{holder="orders"}')).toBe(3);
    await app.redis.flushdb();
    await app.agent().get(`/v1/products/${kept.id}`).expect(200);
    await later(app, 31 * 60_000);
  });

  it('X1: tells what is overdue, given up, held and unexplained, and when each job last went well', async () => {
    const { id } = await aProduct(app, { stock: 9 });
    await app.agent().put(`/v1/cart/items/${id}`).send({ quantity: 4 }).expect(200);
    await placeOrder(await customer(app), [{ productId: id, quantity: 2 }]);
    await app.quiet();
    await app.holdfast.jobs.run('mail');
    await app.holdfast.jobs.run('stock-reconcile');
    const well = await scrape();
    expect(well.get('holdfast_units_held{holder="carts"}')).toBe(4);
    expect(well.get('holdfast_units_held{holder="orders"}')).toBe(2);
    expect(well.get('holdfast_unexplained{about="products"}')).toBe(0);
    expect(well.get('holdfast_mail_overdue_seconds')).toBe(0);
    expect(well.get('holdfast_webhook_overdue_seconds')).toBe(0);
    expect(well.get('holdfast_mails_dead')).toBe(0);
    expect(well.get('holdfast_figures_missing')).toBe(0);
    const success = well.get('holdfast_job_last_success_timestamp_seconds{job="mail"}') ?? 0;
    expect(Math.abs(success * 1000 - app.holdfast.clock.now().getTime())).toBeLessThan(60_000);

    await app.ses.control.trouble({ mode: 'reject', times: 1 });
    await customer(app);
    await app.quiet();
    await app.ses.control.trouble({ mode: 'throttle' });
    await customer(app);
    await app.quiet();
    await app.ses.control.trouble({ mode: 'none' });
    const rows = await openRows(app);
    await rows.set('products', id, { $set: { stock: 7 } });
    await rows.close();
    await app.holdfast.jobs.run('stock-reconcile');
    app.holdfast.clock.advance(600_000);
    const ill = await scrape();
    expect(ill.get('holdfast_mails_dead')).toBe(1);
    expect(ill.get('holdfast_mail_overdue_seconds')).toBeGreaterThan(500);
    expect(ill.get('holdfast_unexplained{about="products"}')).toBe(1);
  });
});
