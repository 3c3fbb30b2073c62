/** Any value that JSON can hold. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
export type JsonObject = { [key: string]: Json };

/** True for a JSON object; `value` is taken to come from JSON. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object at `value`; throws, naming `what`, when something else is there. */
export function objectAt(value: unknown, what: string): JsonObject {
  if (!isObject(value)) throw new Error(`${what} is not an object`);
  return value;
}

/** The text at `value`; throws, naming `what`, when something else is there. */
export function textAt(value: Json | undefined, what: string): string {
  if (typeof value !== 'string') throw new Error(`${what} is not a text`);
  return value;
}

/** The list at `value`, or an empty one where there is none. */
export function listAt(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

/** `object` with every value replaced by what `change` makes of it, in the same order. */
export function mapValues(object: JsonObject, change: (value: Json, key: string) => Json): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value, key)]));
}

/** `object` without `keys`. */
export function without(object: JsonObject, ...keys: string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
}

/** What a local reference such as `#/components/schemas/Money` points at; anything else is given back as it is. */
export function resolve(document: JsonObject, value: Json | undefined): JsonObject {
  const found = objectAt(value, 'a part of the contract');
  if (found.$ref === undefined) return found;
  const reference = textAt(found.$ref, '$ref');
  const target = reference
    .replace(/^#\//, '')
    .split('/')
    .reduce<Json | undefined>((at, step) => objectAt(at, reference)[step], document);
  return resolve(document, target);
}
