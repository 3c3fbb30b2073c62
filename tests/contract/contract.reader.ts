import { readFileSync } from 'node:fs';
import { createRequestAjv, createResponseAjv } from 'express-openapi-validator/dist/framework/ajv/index.js';
import { operationsOf } from '../../scripts/contract/operations.js';
import {
  isObject,
  listAt,
  mapValues,
  objectAt,
  resolve,
  textAt,
  without,
} from '../../scripts/generate/json.js';
import type { Json, JsonObject } from '../../scripts/generate/json.js';

/** A schema of the contract with the values that the contract shows for it. */
export type Shown = { label: string; schema: JsonObject; examples: [name: string, value: Json][] };
export type Verdict = (value: Json) => boolean;

export function generated(name: string): JsonObject {
  const content: unknown = JSON.parse(
    readFileSync(new URL(`../../generated/${name}`, import.meta.url), 'utf8'),
  );
  return objectAt(content, name);
}

/** Bodies and parameters that a client sends. */
export function requestsOf(document: JsonObject): Shown[] {
  return operationsOf(document).flatMap(({ id, operation, parameters }) => [
    ...(operation.requestBody === undefined ? [] : shownIn(document, `${id} body`, operation.requestBody)),
    ...parameters.map((parameter) => ({
      label: `${id} ${textAt(parameter.in, 'in')} ${textAt(parameter.name, 'name')}`,
      schema: objectAt(parameter.schema, 'schema'),
      examples: parameter.example === undefined ? [] : [example('example', parameter.example)],
    })),
  ]);
}

/** Bodies that the server sends, errors included. */
export function responsesOf(document: JsonObject): Shown[] {
  return operationsOf(document).flatMap(({ id, operation }) =>
    Object.entries(objectAt(operation.responses, id)).flatMap(([status, response]) =>
      shownIn(document, `${id} ${status}`, response),
    ),
  );
}

function shownIn(document: JsonObject, label: string, part: Json): Shown[] {
  const { content } = resolve(document, part);
  return Object.entries(isObject(content) ? content : {}).map(([type, media]) => {
    const { schema, examples } = objectAt(media, label);
    const named = mapValues(
      objectAt(examples, `examples of ${label}`),
      (one) => resolve(document, one).value ?? null,
    );
    return { label: `${label} ${type}`, schema: objectAt(schema, label), examples: Object.entries(named) };
  });
}

function example(name: string, value: Json): [string, Json] {
  return [name, value];
}

const options = {
  strict: false,
  validateSchema: false,
  useDefaults: false,
  formats: {},
  ajvFormats: { mode: 'fast' },
} as const;

type ApiSpec = Parameters<typeof createRequestAjv>[0];

/** The validator changes the document it is given: it gets a copy, with schemas only. */
function specOf({ openapi, components }: JsonObject): ApiSpec & JsonObject {
  const { schemas } = objectAt(components, 'components');
  const spec = structuredClone({ openapi, info: {}, paths: {}, components: { schemas } });
  if (!isApiSpec(spec)) throw new Error('this is no OpenAPI document');
  return spec;
}

function isApiSpec(spec: object): spec is ApiSpec & JsonObject {
  return 'openapi' in spec && typeof spec.openapi === 'string';
}

/** Judges requests as the server does: with the validator's own engine, for the version that the document has. */
export function requestJudge(document: JsonObject): (schema: JsonObject) => Verdict {
  const spec = specOf(document);
  return judge(createRequestAjv(spec, options), spec);
}

/** Judges answers as the server does in tests. */
export function responseJudge(document: JsonObject): (schema: JsonObject) => Verdict {
  const spec = specOf(document);
  return judge(createResponseAjv(spec, options), spec);
}

/** What is judged stays as it is: nothing in the options above has the engine change a value. */
function judge(
  ajv: ReturnType<typeof createRequestAjv>,
  { components }: JsonObject,
): (schema: JsonObject) => Verdict {
  const made = new Map<string, Verdict>();
  return (schema) => {
    // Nearly all answers are the one error: it is compiled once.
    const key = JSON.stringify(schema);
    const verdict = made.get(key) ?? ajv.compile<Json>({ allOf: [schema], components });
    made.set(key, verdict);
    return verdict;
  };
}

const bounds = ['minimum', 'maximum', 'minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties'];

/** Every bound that a part of a document states, with the numbers just below and above. */
export function boundariesIn(part: Json): number[] {
  if (Array.isArray(part)) return part.flatMap(boundariesIn);
  if (!isObject(part)) return [];
  return Object.entries(part).flatMap(([key, value]) =>
    bounds.includes(key) && typeof value === 'number' ? [value - 1, value, value + 1] : boundariesIn(value),
  );
}

const wrongValues: Json[] = [null, true, 0, -1, 1.5, 1e16, '', 'x', '\0', [], {}];

/**
 * Values near to `value`: at each place something is missing, too much, of another kind, or of one of the `sizes`. Most of them are
 * wrong, some are right.
 */
export function mutationsOf(value: Json, sizes: number[]): Json[] {
  const here: Json[] = [...wrongValues];
  const lengths = sizes.filter((size) => size >= 0 && size <= 10_000);
  if (typeof value === 'number') here.push(...sizes);
  if (typeof value === 'string') {
    here.push(...lengths.map((length) => value.slice(0, length).padEnd(length, value.slice(-1) || 'x')));
    here.push(...lengths.map((length) => value.slice(-length).padStart(length, value.slice(0, 1) || 'x')));
  } else if (Array.isArray(value)) {
    here.push(
      ...lengths.map((length) => Array.from({ length }, (_, at) => value[at % value.length] ?? null)),
    );
    value.forEach((one, at) =>
      here.push(...mutationsOf(one, sizes).map((changed) => value.toSpliced(at, 1, changed))),
    );
  } else if (isObject(value)) {
    here.push({ ...value, surprise: 1 });
    for (const [key, inner] of Object.entries(value)) {
      here.push(without(value, key));
      here.push(...mutationsOf(inner, sizes).map((changed) => ({ ...value, [key]: changed })));
    }
  }
  return here;
}

/** Every text schema within `schema` that is not an enum, with the values that `value` has for it. */
export function textsIn(
  document: JsonObject,
  schema: JsonObject,
  value: Json | undefined,
): [schema: JsonObject, value: Json | undefined][] {
  const target = resolve(document, schema);
  const parts = ['allOf', 'oneOf', 'anyOf'].flatMap((key) => listAt(target[key]));
  const alternatives = parts.flatMap((part) => textsIn(document, objectAt(part, 'schema'), value));
  const isFile = target.format === 'binary';
  if (target.type === 'string' && target.enum === undefined && !isFile)
    return [[target, value], ...alternatives];
  if (target.items !== undefined) {
    const items = objectAt(target.items, 'items');
    return (Array.isArray(value) ? value : [undefined]).flatMap((one) => textsIn(document, items, one));
  }
  const properties = isObject(target.properties) ? Object.entries(target.properties) : [];
  const inner = properties.flatMap(([key, property]) =>
    textsIn(document, objectAt(property, key), isObject(value) ? value[key] : undefined),
  );
  return [...alternatives, ...inner];
}
