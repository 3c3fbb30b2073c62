import { describe, expect, test } from '@jest/globals';
import { createPasswords } from '../../src/modules/auth/auth.passwords.js';

const passwords = createPasswords({ cost: 4 });

describe('a password', () => {
  test('opens what it was hashed for, and no other does', async () => {
    const hash = await passwords.hash('correct horse battery');
    await expect(passwords.matches('correct horse battery', hash)).resolves.toBe(true);
    await expect(passwords.matches('correct horse batter', hash)).resolves.toBe(false);
    await expect(passwords.matches('', hash)).resolves.toBe(false);
  });

  test('is hashed with a salt of its own', async () => {
    expect(await passwords.hash('same')).not.toBe(await passwords.hash('same'));
  });

  test.each([
    ['72 plain letters', 'a'.repeat(72)],
    ['24 characters of 3 bytes', '電'.repeat(24)],
    ['18 characters of 4 bytes', '🔒'.repeat(18)],
  ])('of %s is taken whole', async (_what, password) => {
    const hash = await passwords.hash(password);
    await expect(passwords.matches(password, hash)).resolves.toBe(true);
  });

  test.each([
    ['73 plain letters', 'a'.repeat(73)],
    ['25 characters of 3 bytes', '電'.repeat(25)],
    ['19 characters of 4 bytes', '🔒'.repeat(19)],
  ])('of %s is refused, since bcrypt would not read it whole', async (_what, password) => {
    await expect(passwords.hash(password)).rejects.toMatchObject({
      code: 'validation_failed',
      errors: [{ path: '/body/password' }],
    });
  });

  test('of 72 bytes is not opened by the same bytes with more behind them', async () => {
    const hash = await passwords.hash('a'.repeat(72));
    await expect(passwords.matches('a'.repeat(73), hash)).resolves.toBe(false);
  });

  test('for an unknown account is compared all the same, and never matches', async () => {
    const slow = createPasswords({ cost: 10 });
    const hash = await slow.hash('correct horse battery');
    const known = await medianMs(() => slow.matches('wrong', hash));
    const unknown = await medianMs(() => slow.matches('wrong', undefined));
    await expect(slow.matches('wrong', undefined)).resolves.toBe(false);
    // A comparison takes tens of milliseconds, none takes less than one: a wide margin does not blur the difference.
    expect(unknown).toBeGreaterThan(known / 3);
    expect(unknown).toBeLessThan(known * 3);
  });
});

async function medianMs(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  return times.sort((a, b) => a - b)[2] ?? Number.NaN;
}
