import { isObject, listAt, objectAt, resolve, textAt, type Json, type JsonObject } from '../generate/json.js';

/**
 * A body as it is compared: the body itself, and each element of each of its lists by itself, since a list may hold any of
 * what its operation ever lists.
 */
export type Piece = {
  /** Where it stands: empty for the body itself, `/data[]` for an element of its list `data`. */
  where: string;
  /** What of it counts, with nested lists told only as empty or not. Equal texts mean equal shapes. */
  shape: string;
  /** The piece itself, with its lists left out. */
  value: Json;
};

/**
 * Takes a body apart. In a shape, these count: which fields are there, null, true and false, the values of enums, whether a text or a
 * list is empty, whether a number is zero. These do not: ids, times, other texts, amounts. An object that the contract leaves open
 * is any object.
 */
export function piecesOf(document: JsonObject, schema: JsonObject, body: Json): Piece[] {
  const pieces: Piece[] = [];

  const take = (where: string, declared: JsonObject, value: Json): void => {
    const lists: (() => void)[] = [];
    const shape = shapeOf(declared, value, (list, items, path) =>
      lists.push(() => list.forEach((one) => take(`${where}${path}[]`, items, one))),
    );
    pieces.push({ where, shape: JSON.stringify(shape), value: withoutLists(value, isOpen(declared)) });
    for (const list of lists) list();
  };

  const isOpen = (declared: JsonObject): boolean =>
    alternatives(document, declared).some(
      (one) => one.additionalProperties === true && one.properties === undefined,
    );

  type Found = (list: Json[], items: JsonObject, path: string) => void;
  const shapeOf = (declared: JsonObject, value: Json, found: Found, path = ''): Json => {
    const schemas = alternatives(document, declared);
    if (Array.isArray(value)) {
      const items = schemas.find((one) => one.items !== undefined)?.items ?? {};
      found(value, objectAt(items, 'items'), path);
      return value.length === 0 ? 'no elements' : 'elements';
    }
    if (isObject(value)) {
      if (isOpen(declared)) return 'any object';
      const fields = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
      return Object.fromEntries(
        fields.map(([name, inner]) => [
          name,
          shapeOf(propertyOf(schemas, name), inner, found, `${path}/${name}`),
        ]),
      );
    }
    if (typeof value === 'number') return value === 0 ? 'zero' : value > 0 ? 'positive' : 'negative';
    if (typeof value !== 'string') return value;
    if (schemas.some((one) => listAt(one.enum).includes(value))) return `= ${value}`;
    return value === '' ? 'no text' : 'text';
  };

  take('', schema, body);
  return pieces;
}

/** A schema and everything that it is made of or may be. */
function alternatives(document: JsonObject, schema: JsonObject): JsonObject[] {
  const { $ref, ...beside } = schema;
  const target = $ref === undefined ? {} : resolve(document, { $ref: textAt($ref, '$ref') });
  const parts = ['allOf', 'oneOf', 'anyOf'].flatMap((key) => [
    ...listAt(target[key]),
    ...listAt(beside[key]),
  ]);
  return [target, beside, ...parts.flatMap((part) => alternatives(document, objectAt(part, 'schema')))];
}

function propertyOf(schemas: readonly JsonObject[], name: string): JsonObject {
  const owner = schemas.find((one) => isObject(one.properties) && one.properties[name] !== undefined);
  return owner === undefined ? {} : objectAt(objectAt(owner.properties, 'properties')[name], name);
}

function withoutLists(value: Json, isOpen: boolean): Json {
  if (isOpen) return {};
  if (Array.isArray(value)) return [];
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withoutLists(inner, false)]));
}

/** The paths at which two shapes differ, with both sides. */
export function differences(ours: Json | undefined, theirs: Json | undefined, path = ''): string[] {
  if (isObject(ours) && isObject(theirs)) {
    const names = new Set([...Object.keys(ours), ...Object.keys(theirs)]);
    return [...names].flatMap((name) => differences(ours[name], theirs[name], `${path}/${name}`));
  }
  if (JSON.stringify(ours) === JSON.stringify(theirs)) return [];
  const told = (side: Json | undefined): string => (side === undefined ? 'absent' : JSON.stringify(side));
  return [`${path === '' ? '/' : path}: ${told(ours)}, the server gave ${told(theirs)}`];
}
