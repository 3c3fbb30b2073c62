import { describe, expect, it } from '@jest/globals';
import { addressesOf, keepAddress } from '../../support/addresses.js';
import { customer } from '../../support/flows.js';
import { sharedApp } from '../../support/shared.js';

const app = await sharedApp();

describe('200', () => {
  it('U3: shows the addresses of the caller and of nobody else, the oldest first', async () => {
    const [mine, theirs] = [await customer(app), await customer(app)];
    const kept = [await keepAddress(mine), await keepAddress(mine, { isDefault: true })];
    await keepAddress(theirs);
    expect(await addressesOf(mine)).toEqual(kept);
    expect(await addressesOf(theirs)).toHaveLength(1);
  });

  it('U3: a new account has none', async () => {
    expect(await addressesOf(await customer(app))).toEqual([]);
  });
});
