import { isObject, objectAt, resolve, textAt, type Json, type JsonObject } from '../generate/json.js';
import { namedExamples, operationsOf, writtenOut, type ContractOperation } from './operations.js';

/** How an operation is signed in to: not at all, as whoever has an account, as an admin, or with the operator's token. */
export type SignIn = 'none' | 'optional' | 'user' | 'admin' | 'operator';

export type ShownParameter = { name: string; description: string; example: string; required: boolean };

/** A request of an operation, put together from the contract's own examples. */
export type ShownRequest = {
  id: string;
  method: string;
  /** The template, such as `/v1/orders/{orderId}`. */
  path: string;
  tag: string;
  summary: string;
  description: string;
  signIn: SignIn;
  pathParameters: ShownParameter[];
  query: ShownParameter[];
  headers: ShownParameter[];
  /** The media type of the body; undefined where there is none. */
  type: string | undefined;
  /** The schema of the body; undefined where there is none. */
  schema: JsonObject | undefined;
  /** Bodies by the name of their example. */
  bodies: ReadonlyMap<string, Json>;
};

/** One request for each operation, in the order of the contract. */
export function requestsOf(document: JsonObject): ShownRequest[] {
  return operationsOf(document).map((one) => requestOf(document, one));
}

function requestOf(document: JsonObject, one: ContractOperation): ShownRequest {
  const { id, method, path, operation, parameters } = one;
  const shown = (where: string): ShownParameter[] =>
    parameters.filter((parameter) => parameter.in === where).map((parameter) => shownParameter(parameter));
  const [type, media] = bodyOf(document, operation.requestBody);
  return {
    id,
    method,
    path,
    tag: textAt(Array.isArray(operation.tags) ? operation.tags[0] : undefined, `tag of ${id}`),
    summary: textAt(operation.summary, `summary of ${id}`),
    description: textAt(operation.description, `description of ${id}`),
    signIn: signInOf(operation),
    pathParameters: shown('path'),
    query: shown('query'),
    headers: shown('header'),
    type,
    schema: media?.schema === undefined ? undefined : resolve(document, media.schema),
    bodies: namedExamples(document, media?.examples),
  };
}

function shownParameter(parameter: JsonObject): ShownParameter {
  const name = textAt(parameter.name, 'name of a parameter');
  if (parameter.example === undefined) throw new Error(`the parameter ${name} shows no example`);
  return {
    name,
    description: textAt(parameter.description, `description of ${name}`),
    example: writtenOut(parameter.example),
    required: parameter.required === true,
  };
}

function bodyOf(document: JsonObject, body: Json | undefined): [string | undefined, JsonObject | undefined] {
  if (body === undefined) return [undefined, undefined];
  const { content } = resolve(document, body);
  const [type, media] = Object.entries(isObject(content) ? content : {})[0] ?? [];
  return [type, media === undefined ? undefined : objectAt(media, 'a body')];
}

/** How an operation object is signed in to. */
export function signInOf({ security }: JsonObject): SignIn {
  const text = JSON.stringify(security);
  if (text.includes('metricsAuth')) return 'operator';
  if (text.includes('admin')) return 'admin';
  if (text === '[]') return 'none';
  return text.includes('{}') ? 'optional' : 'user';
}

/** The path with the examples of its parameters in it. */
export function filledPath({ path, pathParameters }: Pick<ShownRequest, 'path' | 'pathParameters'>): string {
  return pathParameters.reduce(
    (filled, { name, example }) => filled.replace(`{${name}}`, encodeURIComponent(example)),
    path,
  );
}
