import { describe, expect, test } from '@jest/globals';
import { byName, keysOf, refuseForeignCurrency, trimmed } from '../../src/modules/catalog/catalog.rules.js';

const lamp = { sku: 'LAMP-01', name: 'Élan desk lamp', description: 'Brass', category: 'Lighting' };

describe('a product', () => {
  test('is found by name, article number, category and description', () => {
    expect(keysOf(lamp).words).toEqual(['elan', 'desk', 'lamp', '01', 'lighting', 'brass']);
  });

  test('keeps the words of its name when the description is long', () => {
    const description = Array.from({ length: 200 }, (_, index) => `word${index}`).join(' ');
    expect(keysOf({ ...lamp, description }).words).toEqual(
      expect.arrayContaining(['elan', 'desk', 'lighting']),
    );
  });

  test('is sorted by its name without capitals and accents', () => {
    expect(keysOf(lamp).nameKey).toBe('elan desk lamp');
  });

  test('loses the spaces around its texts, but never becomes nameless', () => {
    const emSpace = '\u2003';
    expect(
      trimmed({ ...lamp, name: '  Lamp ', category: ' Light ing  ', description: '\n text \n' }),
    ).toEqual({
      sku: 'LAMP-01',
      name: 'Lamp',
      category: 'Light ing',
      description: 'text',
    });
    expect(trimmed({ ...lamp, name: emSpace }).name).toBe(emSpace);
  });

  test('has its price in the currency of the shop', () => {
    expect(() => refuseForeignCurrency({ amount: 1, currency: 'INR' }, 'INR')).not.toThrow();
    expect(() => refuseForeignCurrency({ amount: 1, currency: 'USD' }, 'INR')).toThrow(
      expect.objectContaining({
        code: 'validation_failed',
        errors: [expect.objectContaining({ path: '/body/price/currency' })],
      }),
    );
  });
});

describe('categories', () => {
  const names = (...given: string[]) => byName(given.map((name) => ({ name, products: 1 })));

  test('are sorted by name, whatever their capitals and accents, and the same way however they come', () => {
    const sorted = ['Écru', 'eczema', 'Lamps', 'lamps', 'Zinc'].map((name) => ({ name, products: 1 }));
    expect(names('lamps', 'Zinc', 'Lamps', 'eczema', 'Écru')).toEqual(sorted);
    expect(names('Zinc', 'Écru', 'Lamps', 'lamps', 'eczema')).toEqual(sorted);
  });
});
