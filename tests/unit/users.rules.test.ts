import { describe, expect, test } from '@jest/globals';
import { editedDetails, endsSessions, keysOf, refuseOwnFall } from '../../src/modules/users/users.rules.js';

describe('U3, U5: changed details', () => {
  const before = { name: 'Asha Rao', phone: '+91 98450 12345' };
  test.each([
    [{}, before],
    [{ name: ' Meera ' }, { ...before, name: 'Meera' }],
    [{ phone: null }, { ...before, phone: null }],
    [{ phone: undefined }, before],
  ])('%j', (change, after) => {
    expect(editedDetails(before, change)).toEqual(after);
  });
});

describe('U5, U6: sessions end', () => {
  const user = { role: 'user', blocked: false } as const;
  const blocked = { role: 'user', blocked: true } as const;
  test.each([
    [user, { name: 'Meera' }, false],
    [user, { role: 'user' as const, blocked: false }, false],
    [user, { role: 'admin' as const }, true],
    [user, { blocked: true }, true],
    [blocked, { blocked: true }, false],
    [blocked, { blocked: false }, false],
  ])('%j changed by %j: %j', (before, change, ends) => {
    expect(endsSessions(before, change)).toBe(ends);
  });
});

describe('U6: of their own account an admin', () => {
  test.each([{}, { name: 'Boss' }, { role: 'admin' as const }, { blocked: false }])(
    'may change %j',
    (change) => {
      expect(() => refuseOwnFall(change)).not.toThrow();
    },
  );

  test.each([{ role: 'user' as const }, { blocked: true }, { role: 'admin' as const, blocked: true }])(
    'may not change %j',
    (change) => {
      expect(() => refuseOwnFall(change)).toThrow(expect.objectContaining({ code: 'own_account' }));
    },
  );
});

test('U5: an account is found by its address and number before the many words of a name', () => {
  const name = Array.from({ length: 60 }, (_, i) => `n${i}`).join(' ');
  const { words, nameKey } = keysOf({ name, email: 'zoe@example.com', phone: '+91 98450 12345' });
  expect(words).toHaveLength(50);
  expect(words).toEqual(expect.arrayContaining(['zoe', 'example', 'com', '9845012345', 'n0']));
  expect(nameKey).toBe(name);
});
