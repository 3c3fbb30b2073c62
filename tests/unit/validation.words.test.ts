import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { wordsFor, worded } from '../../src/platform/http/validation.words.js';

/** Every key of the contract's schemas that is a rule which a request can break. */
const RULES = new Set(
  (
    'type required additionalProperties unevaluatedProperties minLength maxLength pattern format enum const minimum maximum ' +
    'exclusiveMinimum exclusiveMaximum multipleOf minItems maxItems uniqueItems minProperties maxProperties oneOf anyOf not if ' +
    'contains propertyNames patternProperties dependentRequired'
  ).split(' '),
);

function rulesIn(value: unknown, found: Set<string> = new Set()): Set<string> {
  if (typeof value !== 'object' || value === null) return found;
  for (const [key, inner] of Object.entries(value)) {
    if (RULES.has(key) && !isName(value)) found.add(key);
    if (key !== 'example' && key !== 'examples') rulesIn(inner, found);
  }
  return found;
}

/** `properties` and the like have names of fields as keys, and a field may be called `contains`. */
const isName = (value: object): boolean =>
  Object.values(value).every(
    (inner) => typeof inner === 'object' && inner !== null && !Array.isArray(inner),
  ) && Object.keys(value).length > 0;

describe('X2: the words for a broken rule', () => {
  const contract: unknown = JSON.parse(readFileSync('generated/openapi.json', 'utf8'));

  it('are there for every rule that the contract uses', () => {
    const used = rulesIn(contract);
    expect(used.size).toBeGreaterThan(12);
    expect([...used].filter((rule) => !worded.has(rule))).toEqual([]);
  });

  it.each([
    ['required', "must have required property 'name'", 'is required'],
    ['type', 'must be integer', 'must be a whole number'],
    ['type', 'must be string,null', 'must be a text or null'],
    ['format', 'must match format "date-time"', 'must be a time such as 2026-03-14T09:30:00Z'],
    ['enum', 'must be equal to one of the allowed values: a, b', 'must be one of: a, b'],
    ['minLength', 'must NOT have fewer than 1 characters', 'must have at least 1 character'],
    ['maxLength', 'must NOT have more than 200 characters', 'must have at most 200 characters'],
    ['minimum', 'must be >= 1', 'must be 1 or more'],
    ['maximum', 'must be <= 99', 'must be 99 or less'],
    ['minItems', 'must NOT have fewer than 1 items', 'must have at least 1 entry'],
    ['maxItems', 'must NOT have more than 100 items', 'must have at most 100 entries'],
    [
      'uniqueItems',
      'must NOT have duplicate items (items ## 1 and 0 are identical)',
      'must not have the same entry twice',
    ],
    ['minProperties', 'must NOT have fewer than 2 properties', 'must have at least 2 fields'],
    ['additionalProperties', 'must NOT have additional properties', 'is not a field that is known here'],
    [
      'oneOf',
      'must match exactly one schema in oneOf',
      'must have one of the forms that the documentation shows',
    ],
    ['unknown', "Unknown query parameter 'x'", 'is not a parameter of this operation'],
    ['pattern', 'must match pattern "^["\'a]$"', 'must be one of three signs'],
    ['pattern', 'must match pattern "^b$"', 'has characters or a form that is not allowed here'],
    ['something new', 'must NOT be', 'is not as the documentation asks for'],
  ])('%s: %s', (rule, message, words) => {
    expect(wordsFor(rule, message, new Map([['^["\'a]$', 'must be one of three signs']]))).toBe(words);
  });
});
