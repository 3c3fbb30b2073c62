import { describe, expect, it } from '@jest/globals';
import { inOrder } from '../../src/modules/catalog/catalog.rules.js';
import { matchesEtag } from '../../src/platform/http/etag.js';

const images = ['a', 'b', 'c'].map((id) => ({ id }));

describe('P2: the order of images', () => {
  it('is the order of the ids', () => {
    expect(inOrder(images, ['c', 'a', 'b'])).toEqual([{ id: 'c' }, { id: 'a' }, { id: 'b' }]);
    expect(inOrder([], [])).toEqual([]);
  });

  it.each([
    [[]],
    [['a', 'b']],
    [['a', 'b', 'd']],
    [['a', 'b', 'c', 'd']],
    [['a', 'b', 'b']],
    [['a', 'a', 'b', 'c']],
  ])('is none for %j', (ids) => expect(inOrder(images, ids)).toBeUndefined());
});

describe('P2: If-None-Match', () => {
  it.each([['"x"'], ['W/"x"'], ['"y", "x"'], ['"y",W/"x"'], ['*']])('%s is a match', (header) => {
    expect(matchesEtag(header, '"x"')).toBe(true);
  });

  it.each([[undefined], [''], ['x'], ['"y"'], ['"x'], ['"xx"']])('%s is none', (header) => {
    expect(matchesEtag(header, '"x"')).toBe(false);
  });
});
