import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../../support/app.js';
import { aProduct, customer, later, pay, placeOrder } from '../../support/flows.js';

const SHOP = 'owner@shop.example';

describe('N5: a paid order', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ env: { ADMIN_EMAIL: SHOP } });
  });
  afterAll(() => app.stop());

  it('is told to the shop once, with who bought what; an order that is only placed is not', async () => {
    const buyer = await customer(app, 'Asha Rao');
    const { id } = await aProduct(app, { name: 'Brass lamp', price: 20_000 });
    const paid = await placeOrder(buyer, [{ productId: id, quantity: 2 }]);
    const placed = await placeOrder(buyer, [{ productId: id, quantity: 1 }]);
    await pay(app, buyer, paid.id);
    await later(app, 60_000);
    await later(app, 60_000);
    const told = app.ses.mails(SHOP);
    expect(told.map(({ subject }) => subject)).toEqual([expect.stringContaining(paid.number)]);
    expect(told[0]?.text).toContain(buyer.email);
    expect(told[0]?.text).toContain('2 x Brass lamp');
    expect(told[0]?.text).not.toContain(placed.number);
  });
});

describe('N5: a shop without an address for notices', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.stop());

  it('gets its notices in development at the address of development', async () => {
    const buyer = await customer(app);
    const { id } = await aProduct(app);
    const order = await placeOrder(buyer, [{ productId: id, quantity: 1 }]);
    await pay(app, buyer, order.id);
    await app.holdfast.jobs.run('mail');
    expect(app.ses.mails('admin@holdfast.example')).toHaveLength(1);
  });
});
