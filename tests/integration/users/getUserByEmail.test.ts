import { describe, expect, it } from '@jest/globals';
import { codeOf } from '../../support/bodies.js';
import { accountOf, anAdmin, aPerson } from '../../support/people.js';
import { sharedApp } from '../../support/shared.js';

const app = await sharedApp();
const admin = await anAdmin(app);

const byEmail = (email: string) => admin.agent.get(`/v1/admin/users/by-email/${encodeURIComponent(email)}`);

describe('200', () => {
  it('U5: finds the one account of an address, in any capitals', async () => {
    const { id, email } = await aPerson(app);
    expect((await byEmail(email.toUpperCase()).expect(200)).body).toEqual(await accountOf(admin, id));
  });
});

describe('404', () => {
  it.each(['nobody@example.com', 'a/b?c#d%25@example.com'])(
    'U5: nobody has the address %s',
    async (email) => {
      expect(codeOf(await byEmail(email).expect(404))).toBe('not_found');
    },
  );

  it('U5: a part of an address is not the address', async () => {
    const { email } = await aPerson(app);
    await byEmail(email.slice(0, -1)).expect(404);
  });
});
