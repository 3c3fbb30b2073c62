import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DATABASES_MS, startConsoleSandbox, type ConsoleApp } from '../../support/console.js';
import { aProduct } from '../../support/flows.js';
import { until } from '../../support/own.servers.js';

describe('X7: trouble of the sandbox’s own databases', () => {
  let at: ConsoleApp;
  let productId: string;

  beforeAll(async () => {
    at = await startConsoleSandbox();
    productId = (await aProduct(at.app, { stock: 5 })).id;
  }, DATABASES_MS);
  afterAll(() => at.stop());

  const whole = () =>
    until(
      () => at.state(),
      ({ stock, orders, jobs }) => [stock, orders, jobs].every(({ problem }) => problem === null),
      20_000,
    );

  it.each(['away', 'hangs'])(
    'Redis %s and comes back; meanwhile the console tells what it cannot read',
    async (mode) => {
      await at.done('fillCart', { productId, units: 1 });
      const before = await whole();
      await at.done('trouble', { service: 'redis', mode, seconds: 2 });
      expect(await at.press('trouble', { service: 'redis', mode, seconds: 2 })).toMatchObject({
        status: 409,
      });
      const during = await until(
        () => at.state(),
        ({ stock }) => stock.problem !== null,
      );
      expect(during.stock.problem).toMatch(/^(Redis does not answer|No answer for \d+ s)\.$/);
      // What was read before stays; what does not need Redis goes on.
      expect(during.stock.data?.lines).toHaveLength(before.stock.data?.lines.length ?? 0);
      expect(during.orders.problem).toBeNull();
      expect(during.troubles.find(({ service }) => service === 'redis')?.now).not.toBeNull();
      await until(
        () => at.trouble('redis'),
        ({ now }) => now === null,
      );
      const after = await whole();
      expect(after.stock.data?.lines.every(({ isTrue }) => isTrue)).toBe(true);
    },
  );

  it('MongoDB is away and comes back, sooner where it is told to', async () => {
    await whole();
    await at.done('trouble', { service: 'mongo', mode: 'away', seconds: 60 });
    const during = await until(
      () => at.state(),
      ({ orders }) => orders.problem !== null,
    );
    expect(during.orders.problem).toMatch(/^(MongoDB does not answer|No answer for \d+ s)\.$/);
    expect(during.mails.problem).toBeNull();
    const refused = await at.press('makeOrder', { productId });
    expect(refused.status).toBe(503);
    expect(refused.text).toMatch(/not available|does not answer/);
    expect(await at.done('endTrouble', { service: 'mongo' })).toBe('MongoDB is back.');
    const after = await whole();
    expect(after.stock.data?.lines.every(({ isTrue }) => isTrue)).toBe(true);
    expect(after.troubles.map(({ now }) => now)).toEqual([null, null, null, null]);
  }, 60_000);
});
