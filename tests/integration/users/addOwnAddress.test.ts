import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { Order } from '../../../generated/openapi.js';
import { addressesOf, HOME, keepAddress } from '../../support/addresses.js';
import { bodyOf, codeOf, wrongPlaces } from '../../support/bodies.js';
import { aProduct, customer } from '../../support/flows.js';
import { sharedApp } from '../../support/shared.js';

const app = await sharedApp();

describe('201', () => {
  it('U3: keeps the address as it was given', async () => {
    const agent = await customer(app);
    const { line2, state, phone, ...least } = HOME;
    expect([line2, state, phone]).not.toContain(undefined);
    expect(await keepAddress(agent)).toEqual({ id: expect.any(String), isDefault: false, address: HOME });
    expect((await keepAddress(agent, { address: least })).address).toEqual(least);
    expect((await addressesOf(agent)).map(({ address }) => address)).toEqual([HOME, least]);
  });

  it('U3: at most one is the default one: the last that was made it', async () => {
    const agent = await customer(app);
    await keepAddress(agent, { isDefault: true });
    const second = await keepAddress(agent, { isDefault: true });
    await keepAddress(agent, { isDefault: false });
    expect((await addressesOf(agent)).filter(({ isDefault }) => isDefault)).toEqual([second]);
  });

  it('U3, O1: a kept address is what an order takes', async () => {
    const agent = await customer(app);
    const { address } = await keepAddress(agent);
    const product = await aProduct(app);
    const answer = await agent
      .post('/v1/orders')
      .set('Idempotency-Key', randomUUID())
      .send({ items: [{ productId: product.id, quantity: 1 }], shippingAddress: address })
      .expect(201);
    expect(bodyOf<Order>(answer).shippingAddress).toEqual(address);
  });
});

describe('400', () => {
  it.each([
    [{ ...HOME, country: 'in' }, '/body/address/country'],
    [{ ...HOME, line1: '  ' }, '/body/address/line1'],
    [{ ...HOME, planet: 'Earth' }, '/body/address/planet'],
  ])('U3: refuses %j', async (address, path) => {
    const agent = await customer(app);
    const answer = await agent.post('/v1/users/me/addresses').send({ address }).expect(400);
    expect(wrongPlaces(answer)).toContain(path);
  });
});

describe('409', () => {
  it('U3: of twenty-five at once exactly twenty are kept', async () => {
    const agent = await customer(app);
    const answers = await Promise.all(
      Array.from({ length: 25 }, () => agent.post('/v1/users/me/addresses').send({ address: HOME })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(20);
    const refused = answers.filter(({ status }) => status === 409);
    expect(refused.map(codeOf)).toEqual(Array.from({ length: 5 }, () => 'addresses_full'));
    expect(await addressesOf(agent)).toHaveLength(20);
  });
});
