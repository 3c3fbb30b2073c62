import { describe, expect, test } from '@jest/globals';
import { indexWords, indexWordsUpTo, phoneWords, prefixFilter, sortKey } from '../../src/platform/search.js';

/** Whether a row with this text is found by this query, as the database would decide. */
function finds(query: string, ...text: string[]): boolean {
  const indexed = indexWords(...text);
  const filter = prefixFilter(query);
  if (filter !== undefined && !('$and' in filter))
    return indexed.some((word) => filter.words.$in.includes(word));
  const conditions = filter?.$and ?? [];
  return conditions.every(({ words }) => indexed.some((word) => words.test(word)));
}

describe('indexed words', () => {
  test('are lower case, without accents, each once', () => {
    expect(indexWords('Crème brûlée', 'CREME 2-in-1')).toEqual(['creme', 'brulee', '2', 'in', '1']);
  });

  test('keep the letters of other scripts', () => {
    expect(indexWords('Лампа 電灯')).toEqual(['лампа', '電灯']);
  });

  test('are at most 50, of at most 40 characters', () => {
    const words = indexWords(
      Array.from({ length: 80 }, (_, index) => `w${index}${'x'.repeat(60)}`).join(' '),
    );
    expect(words).toHaveLength(50);
    expect(words.every((word) => word.length === 40)).toBe(true);
  });

  test('of a text without letters and digits are none', () => {
    expect(indexWords('--- !!!')).toEqual([]);
  });
});

describe('a search', () => {
  const text = ['Brass desk lamp', 'LAMP-BRASS-01', 'Lighting'];

  test.each(['brass', 'BRA', 'lamp desk', 'lamp-brass-01', 'lígh', ' desk  '])(
    'for "%s" finds the lamp',
    (query) => {
      expect(finds(query, ...text)).toBe(true);
    },
  );

  test.each(['rass', 'brass chair', 'lamps', '02'])('for "%s" does not', (query) => {
    expect(finds(query, ...text)).toBe(false);
  });

  test('for a long word finds a word that was cut when it was indexed', () => {
    const long = 'x'.repeat(60);
    expect(finds(long, long)).toBe(true);
  });

  test('never hands an expression of the user to the database', () => {
    const filter = prefixFilter('a.*b (c|d) [e] $ne ^f \\g');
    const sources = filter !== undefined && '$and' in filter && filter.$and.map(({ words }) => words.source);
    expect(sources).toEqual(['^a', '^b', '^c', '^d', '^e', '^ne']);
  });

  test('of blanks filters nothing', () => {
    expect(prefixFilter('  \t ')).toBeUndefined();
  });

  test.each(['--', '!!!', '$', '( )'])('for "%s", which no row can have, finds nothing', (query) => {
    expect(finds(query, ...text)).toBe(false);
  });
});

describe('U5, K2: a phone number', () => {
  test.each(['98450', '9845012345', '919845', '+91 98450 12345', '12345', '98450-12345'])(
    'is found by %s',
    (query) => {
      expect(finds(query, phoneWords('+91 98450 12345'))).toBe(true);
    },
  );

  test.each(['8450', '45012345', '44'])('is not found by %s', (query) => {
    expect(finds(query, phoneWords('+91 98450 12345'))).toBe(false);
  });

  test('that is not there has no words', () => {
    expect(phoneWords(null)).toBe('');
  });
});

test('K2: more words can be indexed where more are to be found', () => {
  const text = Array.from({ length: 80 }, (_, i) => `w${i}`).join(' ');
  expect(indexWords(text)).toHaveLength(50);
  expect(indexWordsUpTo(70, text)).toHaveLength(70);
});

test('U5: names are sorted without capitals and accents', () => {
  expect(['Zoë', 'ASHA', 'élan'].sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1))).toEqual([
    'ASHA',
    'élan',
    'Zoë',
  ]);
});
