import { isObject, type Json, type JsonObject } from '../generate/json.js';
import type { Direction, Note } from './changes.js';
import { flatten, type Flat } from './flat.js';

type Pair = { before: Flat; after: Flat; where: string };

const LOWER = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties'] as const;
const UPPER = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'] as const;
const EXACT = ['pattern', 'format', 'multipleOf', 'uniqueItems', 'not'] as const;

/**
 * Compares schemas of two contracts. What clients send must be taken as before; what the server gives must be no more than
 * before, fields that it gives in addition aside. Each pair of schemas of one name is compared once for each direction.
 */
export function schemaComparison(documents: { before: JsonObject; after: JsonObject }, note: Note) {
  const compared = new Set<string>();

  const compare = (before: JsonObject, after: JsonObject, where: string, direction: Direction): void => {
    const pair = { before: flatten(documents.before, before), after: flatten(documents.after, after), where };
    const { name } = pair.before;
    if (name !== undefined && name === pair.after.name) {
      const key = `${direction} ${name}`;
      if (compared.has(key)) return;
      compared.add(key);
      pair.where = name;
    }
    compareFlat(pair, direction);
  };

  const compareFlat = (pair: Pair, direction: Direction): void => {
    const { before, after, where } = pair;
    const at = `${where} (${direction})`;
    /** The new schema takes fewer values than the old one. */
    const narrower = (rule: string, what: string): void =>
      note({ breaking: direction === 'sent', rule, where: at, what });
    /** The new schema takes more values than the old one. */
    const wider = (rule: string, what: string): void =>
      note({ breaking: direction === 'given', rule, where: at, what });

    types(pair, narrower, wider);
    enums(pair, direction, narrower, note);
    keywords(pair, narrower, wider);
    if (direction === 'sent' && !same(before.keywords.default, after.keywords.default)) {
      const what = `the default was ${told(before.keywords.default)} and is ${told(after.keywords.default)}`;
      note({ breaking: true, rule: 'default-changed', where: at, what });
    }
    fields(pair, direction, narrower, wider);
    if (before.items !== undefined && after.items !== undefined) {
      compare(before.items, after.items, `${where}[]`, direction);
    }
    choices(pair, direction, narrower, wider);
  };

  const fields = (
    { before, after, where }: Pair,
    direction: Direction,
    narrower: Tell,
    wider: Tell,
  ): void => {
    for (const [name, old] of before.properties) {
      const at = `${where}.${name}`;
      const now = after.properties.get(name);
      if (now === undefined) {
        note({ breaking: true, rule: 'field-removed', where: `${at} (${direction})`, what: 'is gone' });
        continue;
      }
      if (!before.required.has(name) && after.required.has(name))
        narrower('field-required', `${name} must be there`);
      if (before.required.has(name) && !after.required.has(name))
        wider('field-optional', `${name} may be missing`);
      compare(old, now, at, direction);
    }
    for (const name of after.properties.keys()) {
      if (before.properties.has(name)) continue;
      const mustBeSent = direction === 'sent' && after.required.has(name);
      const rule = mustBeSent ? 'field-required' : 'field-added';
      note({
        breaking: mustBeSent,
        rule,
        where: `${where}.${name} (${direction})`,
        what: mustBeSent ? 'is new and must be there' : 'is new',
      });
    }
    const [old, now] = [before.keywords.additionalProperties, after.keywords.additionalProperties];
    if (isObject(old) && isObject(now)) compare(old, now, `${where}.*`, direction);
    const isClosed = before.open && !after.open && (before.properties.size > 0 || after.properties.size > 0);
    if (isClosed) narrower('object-closed', 'takes no other fields any more');
  };

  const choices = (
    { before, after, where }: Pair,
    direction: Direction,
    narrower: Tell,
    wider: Tell,
  ): void => {
    const key = (choice: JsonObject): string => JSON.stringify(choice.$ref ?? choice);
    const now = new Map(after.choices.map((choice) => [key(choice), choice]));
    const old = new Map(before.choices.map((choice) => [key(choice), choice]));
    for (const [name, choice] of old) {
      const same = now.get(name);
      if (same === undefined) narrower('choice-removed', `is never ${name} any more`);
      else compare(choice, same, where, direction);
    }
    for (const name of now.keys()) if (!old.has(name)) wider('choice-added', `may be ${name}`);
  };

  return compare;
}

type Tell = (rule: string, what: string) => void;

function types({ before, after }: Pair, narrower: Tell, wider: Tell): void {
  if (!covers(after.types, before.types))
    narrower('type-changed', `was ${told(before.types)} and is ${told(after.types)}`);
  if (!covers(before.types, after.types))
    wider('type-changed', `was ${told(before.types)} and is ${told(after.types)}`);
  if (before.nullable && !after.nullable) narrower('null-removed', 'may not be null any more');
  if (!before.nullable && after.nullable) wider('null-added', 'may be null');
}

/** Whether every value of `inner` is one of `outer`. */
function covers(outer: string[] | undefined, inner: string[] | undefined): boolean {
  if (outer === undefined) return true;
  return (
    inner?.every((type) => outer.includes(type) || (type === 'integer' && outer.includes('number'))) ?? false
  );
}

function enums({ before, after, where }: Pair, direction: Direction, narrower: Tell, note: Note): void {
  const at = `${where} (${direction})`;
  if (before.enum === undefined && after.enum === undefined) return;
  if (before.enum === undefined) {
    narrower('enum-introduced', `takes only ${told(after.enum)}`);
    return;
  }
  if (after.enum === undefined) {
    note({ breaking: true, rule: 'enum-dropped', where: at, what: 'is no list of values any more' });
    return;
  }
  for (const value of before.enum.filter((one) => !after.enum?.some((other) => same(one, other)))) {
    note({ breaking: true, rule: 'enum-value-removed', where: at, what: `${told(value)} is gone` });
  }
  for (const value of after.enum.filter((one) => !before.enum?.some((other) => same(one, other)))) {
    const breaking = direction === 'given' && !before.extensible;
    note({ breaking, rule: 'enum-value-added', where: at, what: `${told(value)} is new` });
  }
  if (before.extensible && !after.extensible) {
    note({ breaking: false, rule: 'enum-fixed', where: at, what: 'promises no further values' });
  }
}

function keywords({ before, after }: Pair, narrower: Tell, wider: Tell): void {
  const bound = (keyword: string, sign: 1 | -1): void => {
    const old = before.keywords[keyword];
    const now = after.keywords[keyword];
    if (same(old, now)) return;
    const what = `${keyword} was ${told(old)} and is ${told(now)}`;
    const stricter = old === undefined || (now !== undefined && sign * (Number(now) - Number(old)) > 0);
    (stricter ? narrower : wider)('bound-changed', what);
  };
  for (const keyword of LOWER) bound(keyword, 1);
  for (const keyword of UPPER) bound(keyword, -1);
  for (const keyword of EXACT) {
    const old = before.keywords[keyword];
    const now = after.keywords[keyword];
    if (same(old, now)) continue;
    const what = `${keyword} was ${told(old)} and is ${told(now)}`;
    // Of two different rules nobody can say which takes more.
    if (now !== undefined) narrower('form-changed', what);
    if (old !== undefined) wider('form-changed', what);
  }
}

function same(one: Json | undefined, other: Json | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function told(value: Json | undefined): string {
  return value === undefined ? 'not stated' : JSON.stringify(value);
}
