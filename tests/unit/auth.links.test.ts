import { describe, expect, test } from '@jest/globals';
import { createResetLinks } from '../../src/modules/auth/auth.links.js';
import { sha256 } from '../../src/platform/ids.js';

const NOW = new Date('2026-03-14T09:30:00Z');
const HALF_HOUR_LATER = new Date('2026-03-14T10:00:00Z');

function linksWith(options: { key?: string; page?: string; open?: Map<string, Date>; now?: Date } = {}) {
  const open = options.open ?? new Map<string, Date>();
  return createResetLinks({
    key: options.key ?? 'a-key-that-is-long-enough-for-anything',
    page: options.page ?? 'https://shop.example/reset',
    findReset: (hash) => {
      const expiresAt = open.get(hash);
      return Promise.resolve(expiresAt && { name: 'Asha', expiresAt });
    },
    clock: { now: () => options.now ?? NOW },
  });
}

const tokenOf = (url = ''): string => /#token=([\w-]+)$/.exec(url)?.[1] ?? '';

describe('U4: a link for a new password', () => {
  test('is the same whenever its mail is sent, and is known by its hash', async () => {
    const open = new Map<string, Date>();
    const { seed, tokenHash, expiresAt } = linksWith().create();
    expect(expiresAt).toEqual(HALF_HOUR_LATER);
    open.set(tokenHash, expiresAt);
    const links = linksWith({ open });
    const link = await links.linkOf(seed);
    expect(link).toEqual(await links.linkOf(seed));
    expect(link).toMatchObject({ name: 'Asha', expiresAt });
    expect(sha256(tokenOf(link?.url))).toBe(tokenHash);
    expect(links.hashOf(tokenOf(link?.url))).toBe(tokenHash);
  });

  test('has 256 bits, and neither seed nor hash gives them away', async () => {
    const { seed, tokenHash } = linksWith().create();
    const link = await linksWith({ open: new Map([[tokenHash, HALF_HOUR_LATER]]) }).linkOf(seed);
    const token = tokenOf(link?.url);
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect([seed, tokenHash, sha256(seed)]).not.toContain(token);
    expect(linksWith().create().seed).not.toBe(seed);
  });

  test('cannot be made with another key', async () => {
    const { seed, tokenHash, expiresAt } = linksWith().create();
    const open = new Map([[tokenHash, expiresAt]]);
    const other = linksWith({ key: 'another-key-that-is-long-enough-as-well', open });
    expect(await other.linkOf(seed)).toBeUndefined();
  });

  test('is not made when it is over, or replaced', async () => {
    const { seed, tokenHash, expiresAt } = linksWith().create();
    const open = new Map([[tokenHash, expiresAt]]);
    expect(await linksWith({ open, now: HALF_HOUR_LATER }).linkOf(seed)).toBeUndefined();
    expect(await linksWith().linkOf(seed)).toBeUndefined();
  });

  test('keeps the page’s own query', async () => {
    const { seed, tokenHash, expiresAt } = linksWith().create();
    const open = new Map([[tokenHash, expiresAt]]);
    const link = await linksWith({ open, page: 'https://shop.example/a?lang=en#top' }).linkOf(seed);
    expect(link?.url).toMatch(/^https:\/\/shop\.example\/a\?lang=en#token=[\w-]{43}$/);
  });
});
