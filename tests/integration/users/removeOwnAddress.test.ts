import { describe, expect, it } from '@jest/globals';
import { addressesOf, keepAddress } from '../../support/addresses.js';
import { customer, type Agent } from '../../support/flows.js';
import { sharedApp } from '../../support/shared.js';

const app = await sharedApp();

const remove = (agent: Agent, id: string) => agent.delete(`/v1/users/me/addresses/${id}`);

describe('204', () => {
  it('U3: forgets the address; when it was the default one, none is', async () => {
    const agent = await customer(app);
    const [kept, gone] = [await keepAddress(agent), await keepAddress(agent, { isDefault: true })];
    await remove(agent, gone.id).expect(204);
    expect(await addressesOf(agent)).toEqual([kept]);
  });
});

describe('404', () => {
  it('U3: cannot be done twice, nor to somebody else’s', async () => {
    const [mine, theirs] = [await customer(app), await customer(app)];
    const [gone, foreign] = [await keepAddress(mine), await keepAddress(theirs)];
    await remove(mine, gone.id).expect(204);
    await remove(mine, gone.id).expect(404);
    await remove(mine, foreign.id).expect(404);
    expect(await addressesOf(theirs)).toEqual([foreign]);
  });
});
