import { describe, expect, it } from '@jest/globals';
import { addressesOf, HOME, keepAddress } from '../../support/addresses.js';
import { codeOf } from '../../support/bodies.js';
import { customer, type Agent } from '../../support/flows.js';
import { sharedApp } from '../../support/shared.js';

const app = await sharedApp();

const replace = (agent: Agent, id: string, body: object) =>
  agent.put(`/v1/users/me/addresses/${id}`).send(body);

describe('200', () => {
  it('U3: replaces the whole address under its id, and leaves the others', async () => {
    const agent = await customer(app);
    const [first, second] = [await keepAddress(agent), await keepAddress(agent)];
    const address = {
      name: 'Ravi',
      line1: '3 Lake Road',
      city: 'Mysuru',
      postalCode: '570001',
      country: 'IN',
    };
    const answer = await replace(agent, second.id, { address }).expect(200);
    expect(answer.body).toEqual({ id: second.id, isDefault: false, address });
    expect(await addressesOf(agent)).toEqual([first, answer.body]);
  });

  it('U3: makes it the default one, or no more, as it says', async () => {
    const agent = await customer(app);
    const [first, second] = [await keepAddress(agent, { isDefault: true }), await keepAddress(agent)];
    const defaults = async (): Promise<string[]> =>
      (await addressesOf(agent)).filter(({ isDefault }) => isDefault).map(({ id }) => id);
    await replace(agent, second.id, { address: HOME, isDefault: true }).expect(200);
    expect(await defaults()).toEqual([second.id]);
    // What was not the default one does not take it from another.
    await replace(agent, first.id, { address: HOME }).expect(200);
    expect(await defaults()).toEqual([second.id]);
    await replace(agent, second.id, { address: HOME }).expect(200);
    expect(await defaults()).toEqual([]);
  });
});

describe('404', () => {
  it('U3: somebody else’s address, and one that is gone, are not there', async () => {
    const [mine, theirs] = [await customer(app), await customer(app)];
    const [kept, foreign] = [await keepAddress(mine), await keepAddress(theirs)];
    await mine.delete(`/v1/users/me/addresses/${kept.id}`).expect(204);
    for (const id of [kept.id, foreign.id]) {
      for (const isDefault of [true, false]) {
        const answer = await replace(mine, id, { address: HOME, isDefault }).expect(404);
        expect(codeOf(answer)).toBe('not_found');
      }
    }
    expect(await addressesOf(theirs)).toEqual([foreign]);
  });
});
