import { writtenOut } from '../contract/operations.js';
import { isObject, objectAt, textAt, type JsonObject } from '../generate/json.js';
import type { Operation } from './contract.js';
import type { PlainRequest } from './curl.js';
import { fieldsOf, shapeOf, typeWords, valuesOf } from './schema.shapes.js';

/** Something to fill in before an operation is sent. */
export type TrialField = {
  place: 'path' | 'query' | 'header' | 'form';
  name: string;
  type: string;
  required: boolean;
  description: string;
  example: string;
  /** What may be chosen; empty where anything may be written. */
  values: string[];
  isFile: boolean;
};

/** What was filled in: texts by place and name, files by name. Empty texts are not sent. */
export type Filled = {
  texts: ReadonlyMap<TrialField, string>;
  files: ReadonlyMap<TrialField, File>;
  /** The text of a JSON body; undefined sends none. */
  body: string | undefined;
};

const FORM = 'multipart/form-data';
const PLACES: readonly string[] = ['path', 'query', 'header'] satisfies TrialField['place'][];

/** The fields of an operation. Cookies are none: a browser sends them by itself, and keeps them from pages. */
export function trialFields(document: JsonObject, { parameters, body }: Operation): TrialField[] {
  const fields = parameters
    .filter(({ in: place }) => PLACES.includes(textAt(place, 'in')))
    .map((one) => parameterField(document, one));
  if (body?.type !== FORM) return fields;
  const example = body.examples[0]?.value;
  const parts = fieldsOf(shapeOf(document, body.schema)).map(({ name, schema, required }): TrialField => {
    const shown = isObject(example) ? example[name] : undefined;
    return {
      ...partOf(document, schema),
      place: 'form',
      name,
      required,
      example: shown === undefined ? '' : writtenOut(shown),
    };
  });
  return [...fields, ...parts];
}

function parameterField(document: JsonObject, parameter: JsonObject): TrialField {
  const { name, required, description, example, schema } = parameter;
  return {
    ...partOf(document, objectAt(schema, 'schema')),
    place: placeOf(textAt(parameter.in, 'in')),
    name: textAt(name, 'name'),
    required: required === true,
    description: textAt(description, 'description'),
    example: example === undefined ? '' : writtenOut(example),
  };
}

function placeOf(text: string): TrialField['place'] {
  return text === 'path' || text === 'query' ? text : 'header';
}

function partOf(
  document: JsonObject,
  schema: JsonObject,
): Pick<TrialField, 'type' | 'values' | 'isFile' | 'description'> {
  const shape = shapeOf(document, schema);
  const type = typeWords(shape);
  const { description } = shape.node;
  return {
    type,
    values: type === 'boolean' ? ['true', 'false'] : valuesOf(shape),
    isFile: type === 'file',
    description: typeof description === 'string' ? description : '',
  };
}

/** The texts of one place that are sent, by name. */
function sentTexts({ texts }: Filled, place: TrialField['place']): [name: string, value: string][] {
  return [...texts]
    .filter(([field, value]) => field.place === place && value !== '')
    .map(([{ name }, value]) => [name, value]);
}

/** What cannot be sent as it is filled in: which field it is, and why. */
export type Unsendable = { field: TrialField; words: string };

/** Undefined where an address can be made of what is filled in, and it is the operation's. */
export function unsendableOf({ texts }: Filled): Unsendable | undefined {
  for (const [field, value] of texts) {
    const { place, name } = field;
    if (place !== 'path' && place !== 'query') continue;
    if (place === 'path' && /^\.\.?$/.test(value))
      return {
        field,
        words: `${name} cannot be “${value}”: in an address this leads to another operation.`,
      };
    if (/\p{Surrogate}/u.test(value))
      return { field, words: `${name} has half a character in it, which no address can hold.` };
  }
  return undefined;
}

/** The path and query of a request; throws a `URIError` where `unsendableOf` finds half a character. A part of the path that is left empty stays as it is written in the contract. */
export function trialAddress({ path }: Operation, filled: Filled): string {
  const whole = sentTexts(filled, 'path').reduce(
    (address, [name, value]) => address.replace(`{${name}}`, encodeURIComponent(value)),
    path,
  );
  const query = sentTexts(filled, 'query').map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
  );
  return query.length === 0 ? whole : `${whole}?${query.join('&')}`;
}

/** The headers that are sent, beside those that the browser adds. */
export function trialHeaders(
  { body }: Operation,
  filled: Filled,
  bearer: string,
): [name: string, value: string][] {
  return [
    ...(bearer === '' ? [] : [['Authorization', `Bearer ${bearer}`] as [string, string]]),
    ...sentTexts(filled, 'header'),
    ...(filled.body === undefined || body === undefined
      ? []
      : [['Content-Type', body.type] as [string, string]]),
  ];
}

/** The same request for a shell. It signs in by the token, or else by the cookies that curl has kept. */
export function trialCommand(
  operation: Operation,
  filled: Filled,
  { origin, bearer }: { origin: string; bearer: string },
): PlainRequest {
  const isForm = operation.body?.type === FORM;
  const fields = [
    ...[...filled.files].map(([{ name }, file]) => ({ name, value: file.name, isFile: true })),
    ...sentTexts(filled, 'form').map(([name, value]) => ({ name, value, isFile: false })),
  ];
  return {
    method: operation.method,
    url: `${origin}${trialAddress(operation, filled)}`,
    headers: trialHeaders(operation, filled, bearer),
    keepsCookies: bearer === '' && operation.signIn !== 'none',
    ...(isForm
      ? { body: { kind: 'form', fields } }
      : filled.body !== undefined && { body: { kind: 'text', text: filled.body } }),
  };
}

/** The form of an upload as a browser sends it. */
export function trialForm(filled: Filled): FormData {
  const form = new FormData();
  for (const [name, value] of sentTexts(filled, 'form')) form.append(name, value);
  for (const [{ name }, file] of filled.files) form.append(name, file);
  return form;
}

/** A short text of the contract in its parts: plain words, and what stands between backticks. */
export function partsOf(text: string): { text: string; isCode: boolean }[] {
  return text
    .trim()
    .split(/`([^`]+)`/)
    .map((part, at) => ({ text: part, isCode: at % 2 === 1 }))
    .filter((part) => part.text !== '');
}

/** The operations that all the words of a filter are part of. */
export function filterOperations(operations: readonly Operation[], filter: string): Operation[] {
  const words = filter.toLowerCase().split(/\s+/);
  return operations.filter((one) => {
    const text = `${one.id} ${one.method} ${one.path} ${one.summary} ${one.tag}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
