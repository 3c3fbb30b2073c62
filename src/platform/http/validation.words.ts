/** The validator's types, as people call them. */
const TYPES: Readonly<Record<string, string>> = {
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  null: 'null',
};

const FORMATS: Readonly<Record<string, string>> = {
  'date-time': 'a time such as 2026-03-14T09:30:00Z',
  email: 'an e-mail address',
  int32: 'a whole number of at most 32 bits',
  int64: 'a whole number of at most 64 bits',
  binary: 'a file',
};

/** What the contract says of its patterns, for people who cannot read them. */
export type PatternWords = ReadonlyMap<string, string>;

/** What the validator has in its message that is worth telling: a bound, or what stands behind a colon or in quotes. */
type Said = {
  bound: string;
  listed: string;
  quoted: string;
  isOne: boolean;
  message: string;
  patterns: PatternWords;
};

const counted = (what: string) => (said: Said) => `${said.bound} ${what}${said.isOne ? '' : 's'}`;
const characters = counted('character');
const entries = counted('entry');
const fields = counted('field');
const plural = (words: string): string => words.replace(/entrys$/, 'entries');

/**
 * Every rule that a request can break, in words for people who never saw a schema. Of the rules that one place breaks at
 * once the first is told: those that say what to send before those that say what not to.
 */
const RULES: readonly (readonly [rule: string, words: (said: Said) => string])[] = [
  ['unknown', () => 'is not a parameter of this operation'],
  ['additionalProperties', () => 'is not a field that is known here'],
  ['unevaluatedProperties', () => 'is not a field that is known here'],
  ['repeated', () => 'must not be given more than once'],
  ['empty', () => 'must not be empty'],
  ['required', () => 'is required'],
  ['enum', ({ listed }) => `must be one of: ${listed}`],
  ['const', () => 'must be the one value that is allowed here'],
  ['digits', () => 'must be a whole number, written in at most 16 digits'],
  ['type', ({ message }) => `must be ${typesIn(message)}`],
  ['minimum', ({ bound }) => `must be ${bound} or more`],
  ['maximum', ({ bound }) => `must be ${bound} or less`],
  ['exclusiveMinimum', ({ bound }) => `must be more than ${bound}`],
  ['exclusiveMaximum', ({ bound }) => `must be less than ${bound}`],
  ['multipleOf', ({ bound }) => `must be a multiple of ${bound}`],
  ['format', ({ quoted }) => `must be ${FORMATS[quoted] ?? 'of another form'}`],
  // A text that is too short is mostly an empty one; one of wrong characters does not become right by being shorter.
  ['minLength', (said) => `must have at least ${characters(said)}`],
  [
    'pattern',
    ({ message, patterns }) =>
      patterns.get(/"(.*)"/s.exec(message)?.[1] ?? '') ?? 'has characters or a form that is not allowed here',
  ],
  ['maxLength', (said) => `must have at most ${characters(said)}`],
  ['minItems', (said) => `must have at least ${plural(entries(said))}`],
  ['maxItems', (said) => `must have at most ${plural(entries(said))}`],
  ['uniqueItems', () => 'must not have the same entry twice'],
  ['minProperties', (said) => `must have at least ${fields(said)}`],
  ['maxProperties', (said) => `must have at most ${fields(said)}`],
  ['oneOf', () => 'must have one of the forms that the documentation shows'],
  ['anyOf', () => 'must have one of the forms that the documentation shows'],
];
const WORDS = new Map(RULES);
const RANKS = new Map(RULES.map(([rule], rank) => [rule, rank]));

/** Names of the rules that have words. */
export const worded: ReadonlySet<string> = new Set(WORDS.keys());

/** Where a rule stands among those that one place may break at once; the lowest is told. */
export function rankOf(rule: string): number {
  return RANKS.get(rule) ?? RULES.length;
}

/** What is wrong, in words, where a rule of the contract is broken. `message` is the validator's own. */
export function wordsFor(rule: string, message: string, patterns: PatternWords): string {
  const bound = /-?\d+(?:\.\d+)?/.exec(message)?.[0] ?? '';
  const listed = /: (.*)$/s.exec(message)?.[1] ?? '';
  const quoted = /["'](.*?)["']/.exec(message)?.[1] ?? '';
  const said: Said = { bound, listed, quoted, isOne: bound === '1', message, patterns };
  return WORDS.get(rule)?.(said) ?? 'is not as the documentation asks for';
}

/** `must be string,null`: several types stand behind each other. */
function typesIn(message: string): string {
  const names = message.replace(/^must be /, '').split(',');
  return names.map((name) => TYPES[name.trim()] ?? 'of another type').join(' or ');
}
