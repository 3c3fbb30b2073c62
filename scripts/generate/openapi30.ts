import {
  isObject,
  listAt,
  mapValues,
  objectAt,
  textAt,
  without,
  type Json,
  type JsonObject,
} from './json.js';

/** Keywords that 3.0 knows, beside those that `schema30` rewrites. Another one must not get lost in silence. */
const keywords30 = new Set(
  (
    '$ref type nullable enum format description default example title minimum maximum exclusiveMinimum exclusiveMaximum ' +
    'multipleOf minLength maxLength pattern minItems maxItems uniqueItems items minProperties maxProperties properties ' +
    'required additionalProperties oneOf anyOf allOf not readOnly writeOnly deprecated discriminator'
  ).split(' '),
);

/**
 * The same contract as OpenAPI 3.0.3, for generators that do not read 3.1. It accepts and refuses the same values. Roles, which 3.0
 * cannot state in `security`, move to `x-roles`. Throws on what 3.0 cannot say, rather than weaken it.
 */
export function openApi30(document: JsonObject): JsonObject {
  const rest = without(document, 'openapi', 'info', 'jsonSchemaDialect', 'webhooks');
  const info = without(objectAt(document.info, 'info'), 'summary');
  return { openapi: '3.0.3', info, ...mapValues(rest, (value, key) => part30(value, key)) };
}

/** `{type: null}`, as a choice of `oneOf`. Generators take X of `oneOf: [X, this]` for X itself, which may be null. */
const onlyNull: JsonObject = { type: 'object', nullable: true, enum: [null] };

/** Any part of the document that is no schema: schemas inside it are converted, examples are left alone. */
function part30(value: Json, key: string): Json {
  if (key === 'example' || key === 'examples') return value;
  if (key === 'schema') return schema30(objectAt(value, 'schema'));
  if (key === 'schemas') return mapValues(objectAt(value, key), (schema) => schema30(objectAt(schema, key)));
  if (Array.isArray(value)) return value.map((one) => part30(one, ''));
  if (!isObject(value)) return value;
  const converted = mapValues(value, (inner, name) => part30(inner, name));
  return Array.isArray(value.security) ? withoutRoles(converted) : converted;
}

function withoutRoles(operation: JsonObject): JsonObject {
  const alternatives = listAt(operation.security).map((one) => objectAt(one, 'security'));
  const roles = [
    ...new Set(alternatives.flatMap((one) => Object.values(one).flatMap((list) => listAt(list)))),
  ];
  const security = alternatives.map((one) => mapValues(one, () => []));
  return roles.length === 0 ? operation : { ...operation, security, 'x-roles': roles };
}

function schema30(schema: JsonObject): JsonObject {
  if (schema.$ref !== undefined) return reference30(schema);
  if (schema.type === 'null') return onlyNull;
  const { type, const: constant, examples, ...rest } = schema;
  const result: JsonObject = { ...type30(type) };
  for (const [key, value] of Object.entries(rest)) {
    if (!keywords30.has(key) && !key.startsWith('x-'))
      throw new Error(`OpenAPI 3.0 does not know the keyword ${key}`);
    Object.assign(result, keyword30(key, value));
  }
  if (constant !== undefined) result.enum = [constant];
  const example = listAt(examples)[0];
  if (example !== undefined) result.example = example;
  return result;
}

/** 3.0 ignores what stands beside a `$ref`; wrapped in `allOf` it counts. */
function reference30({ $ref, ...beside }: JsonObject): JsonObject {
  const reference = { $ref: textAt($ref, '$ref') };
  return Object.keys(beside).length === 0 ? reference : { allOf: [reference], ...beside };
}

/** `[X, 'null']` becomes X with `nullable`. */
function type30(type: Json | undefined): JsonObject {
  if (type === undefined) return {};
  if (typeof type === 'string' && type !== 'null') return { type };
  const [only, ...more] = listAt(type).filter((one) => one !== 'null');
  if (only === undefined || more.length > 0)
    throw new Error(`OpenAPI 3.0 cannot say the type ${JSON.stringify(type)}`);
  return { type: only, nullable: true };
}

function keyword30(key: string, value: Json): JsonObject {
  const convert = (inner: Json) => schema30(objectAt(inner, key));
  switch (key) {
    case 'properties':
      return { properties: mapValues(objectAt(value, key), convert) };
    case 'items':
    case 'not':
      return { [key]: convert(value) };
    case 'additionalProperties':
      return { [key]: isObject(value) ? convert(value) : value };
    case 'oneOf':
    case 'anyOf':
    case 'allOf':
      return { [key]: listAt(value).map(convert) };
    case 'exclusiveMinimum':
      return { minimum: value, exclusiveMinimum: true };
    case 'exclusiveMaximum':
      return { maximum: value, exclusiveMaximum: true };
    default:
      return { [key]: value };
  }
}
