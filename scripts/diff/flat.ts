import { isObject, listAt, objectAt, resolve, textAt, type Json, type JsonObject } from '../generate/json.js';

/** A schema in the form in which two are compared: references resolved, null told apart, `allOf` merged. */
export type Flat = {
  /** Of the named schema that it refers to. */
  name: string | undefined;
  /** Without null; undefined: any. */
  types: string[] | undefined;
  nullable: boolean;
  properties: Map<string, JsonObject>;
  required: Set<string>;
  /** Whether objects may have fields that are not in `properties`. */
  open: boolean;
  items: JsonObject | undefined;
  /** What `oneOf` or `anyOf` lets a value be, null aside. */
  choices: JsonObject[];
  enum: Json[] | undefined;
  /** New values of the enum may be added at any time: the contract tells clients so. */
  extensible: boolean;
  /** Every other keyword that says something of values. */
  keywords: JsonObject;
};

const isNull = (schema: JsonObject): boolean => schema.type === 'null';

export function flatten(document: JsonObject, schema: JsonObject): Flat {
  const merged = merge(document, schema);
  const alternatives = [...listAt(merged.oneOf), ...listAt(merged.anyOf)].map((one) =>
    objectAt(one, 'choice'),
  );
  const choices = alternatives.filter((one) => !isNull(one));
  const hasNull = choices.length < alternatives.length;
  const [only] = choices;
  if (hasNull && choices.length === 1 && only !== undefined) {
    return { ...flatten(document, only), nullable: true };
  }
  const types =
    merged.type === undefined ? undefined : [merged.type].flat().map((one) => textAt(one, 'type'));
  return {
    name: nameOf(schema),
    types: types?.filter((type) => type !== 'null'),
    nullable: hasNull || (types?.includes('null') ?? false),
    properties: new Map(
      Object.entries(isObject(merged.properties) ? merged.properties : {}).map(([name, one]) => [
        name,
        objectAt(one, name),
      ]),
    ),
    required: new Set(listAt(merged.required).map((name) => textAt(name, 'required'))),
    open: merged.additionalProperties !== false,
    items: merged.items === undefined ? undefined : objectAt(merged.items, 'items'),
    choices,
    enum:
      merged.const === undefined ? (Array.isArray(merged.enum) ? merged.enum : undefined) : [merged.const],
    extensible: merged['x-extensible'] === true,
    keywords: merged,
  };
}

function nameOf({ $ref }: JsonObject): string | undefined {
  return typeof $ref === 'string' ? /^#\/components\/schemas\/(.+)$/.exec($ref)?.[1] : undefined;
}

/** A schema with what it refers to and what it is made of laid over each other. The contract never says one thing twice. */
function merge(document: JsonObject, schema: JsonObject): JsonObject {
  const { $ref, allOf, ...own } = schema;
  const parts = listAt(allOf).map((part) => objectAt(part, 'allOf'));
  if ($ref !== undefined) parts.unshift(resolve(document, { $ref }));
  return [...parts.map((part) => merge(document, part)), own].reduce<JsonObject>(
    (all, part) => ({
      ...all,
      ...part,
      ...((all.properties ?? part.properties) && {
        properties: { ...fields(all.properties), ...fields(part.properties) },
      }),
      required: [...listAt(all.required), ...listAt(part.required)],
    }),
    {},
  );
}

function fields(properties: Json | undefined): JsonObject {
  return isObject(properties) ? properties : {};
}
