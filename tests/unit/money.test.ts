import { describe, expect, test } from '@jest/globals';
import { formatMoney, sum, times } from '../../src/platform/money.js';

describe('money', () => {
  test('adds up in whole minor units', () => {
    expect(sum([])).toBe(0);
    expect(sum([10, 20, 129_900])).toBe(129_930);
    expect(times(34_900, 3)).toBe(104_700);
  });

  test('is never rounded: what is beyond exact integers is refused', () => {
    expect(() => sum([Number.MAX_SAFE_INTEGER, 1])).toThrow(RangeError);
    expect(() => times(100_000_000_000, 100_000)).toThrow(RangeError);
  });

  test.each([
    [{ amount: 129_900, currency: 'INR' }, '₹1,299.00'],
    [{ amount: 5, currency: 'INR' }, '₹0.05'],
    [{ amount: 12_345_678, currency: 'INR' }, '₹1,23,456.78'],
    [{ amount: 1_299, currency: 'JPY' }, 'JP¥1,299'],
    [{ amount: 1_299, currency: 'KWD' }, 'KWD 1.299'],
  ])('%j is written with the decimals of its currency', (money, written) => {
    expect(formatMoney(money).replace(/\u00A0/g, ' ')).toBe(written);
  });
});
