import type { QueryParameter } from './query.js';
import type { Operation } from './routes.js';

type Json = Readonly<Record<string, unknown>>;

/** The contract in one file, as `npm run generate` bundles it. */
export type ApiDocument = Json & Readonly<{ openapi: string; paths: Json }>;

/** What the contract says of an operation beside what stands in the table of operations. */
export type ContractFacts = {
  /** Whether one of its answers may set a cookie. */
  setsCookies: (operation: Operation) => boolean;
  /** Whether a request without a body is none. */
  requiresBody: (operation: Operation) => boolean;
  /** The parameters of its query, by their names. */
  query: (operation: Operation) => ReadonlyMap<string, QueryParameter>;
  /** The fields of the form that an operation takes: those that are files, and the others. */
  formFields: (operation: Operation) => { files: string[]; texts: string[] };
};

/** Throws unless the value is an OpenAPI 3.1 document. */
export function asApiDocument(value: unknown): ApiDocument {
  if (!isApiDocument(value)) throw new Error('generated/openapi.json is not an OpenAPI 3.1 document');
  return value;
}

function isApiDocument(value: unknown): value is ApiDocument {
  return (
    isJson(value) &&
    typeof value['openapi'] === 'string' &&
    /^3\.1\./.test(value['openapi']) &&
    isJson(value['paths'])
  );
}

export function contractFacts(document: ApiDocument): ContractFacts {
  const at = (value: unknown): Json => objectAt(document, value);
  const declaration = ({ path, method }: Operation): Json => at(at(document.paths[path])[method]);

  return {
    setsCookies(operation) {
      const answers = Object.values(at(declaration(operation)['responses']));
      return answers.some((answer) => 'Set-Cookie' in at(at(answer)['headers']));
    },
    requiresBody(operation) {
      return at(declaration(operation)['requestBody'])['required'] === true;
    },
    query(operation) {
      const { parameters } = declaration(operation);
      const known = (Array.isArray(parameters) ? parameters : [])
        .map(at)
        .filter((parameter) => parameter['in'] === 'query')
        .map((parameter) => ({
          name: String(parameter['name']),
          isWholeNumber: at(parameter['schema'])['type'] === 'integer',
        }));
      return new Map(known.map((parameter) => [parameter.name, parameter]));
    },
    formFields(operation) {
      const content = at(at(declaration(operation)['requestBody'])['content']);
      const schema = at(at(content['multipart/form-data'])['schema']);
      const fields = Object.entries(at(schema['properties']));
      const isFile = (field: unknown): boolean => at(field)['format'] === 'binary';
      return {
        files: fields.filter(([, field]) => isFile(field)).map(([name]) => name),
        texts: fields.filter(([, field]) => !isFile(field)).map(([name]) => name),
      };
    },
  };
}

/** What the contract says of its patterns in words (`x-pattern-words`). Throws where one pattern has two meanings. */
export function patternWords(document: ApiDocument): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    if (!isJson(value)) return;
    const { pattern, 'x-pattern-words': words } = value;
    if (typeof pattern === 'string' && typeof words === 'string') {
      if ((found.get(pattern) ?? words) !== words) throw new Error(`${pattern} is said in two ways`);
      found.set(pattern, words);
    }
    Object.values(value).forEach(visit);
  };
  visit(document);
  return found;
}

/**
 * A copy of a part of the document with all that it refers to in its place, and without examples. Throws where a reference leads
 * nowhere or in a circle, or where something stands beside it that would change what it means.
 */
export function inlined(document: ApiDocument, part: unknown): unknown {
  const copyOf = (value: unknown, within: readonly string[]): unknown => {
    if (Array.isArray(value)) return value.map((one) => copyOf(one, within));
    if (!isJson(value)) return value;
    const { $ref: reference, ...beside } = value;
    if (typeof reference === 'string') {
      const isPlain = Object.keys(beside).every((key) => key === 'description' || key === 'summary');
      if (!isPlain || within.includes(reference)) throw new Error(`${reference} cannot be put in its place`);
      return copyOf(targetOf(document, reference), [...within, reference]);
    }
    const kept = Object.entries(value).filter(([key]) => key !== 'example' && key !== 'examples');
    const copies = kept.map(([key, inner]) => [
      key,
      // Its keys are names, whatever they are.
      key === 'properties' && isJson(inner) ? eachOf(inner, within) : copyOf(inner, within),
    ]);
    return Object.fromEntries(copies);
  };
  const eachOf = (named: Json, within: readonly string[]): Json =>
    Object.fromEntries(Object.entries(named).map(([name, value]) => [name, copyOf(value, within)]));
  return copyOf(part, []);
}

/**
 * What stands at a path, without the answers of its operations whose bodies are described as those of `default` are: whoever
 * knows `default` knows them.
 */
export function withoutRepeatedAnswers(document: ApiDocument, path: string): Json {
  const bodies = (answer: unknown): string =>
    JSON.stringify(
      Object.entries(objectAt(document, objectAt(document, answer)['content'])).map(([type, content]) => [
        type,
        objectAt(document, content)['schema'],
      ]),
    );
  const lean = (operation: unknown): unknown => {
    if (!isJson(operation) || !isJson(operation['responses'])) return operation;
    const { default: usual, ...answers } = operation['responses'];
    if (usual === undefined) return operation;
    const others = Object.entries(answers).filter(([, answer]) => bodies(answer) !== bodies(usual));
    return { ...operation, responses: { ...Object.fromEntries(others), default: usual } };
  };
  return Object.fromEntries(
    Object.entries(objectAt(document, document.paths[path])).map(([key, operation]) => [
      key,
      lean(operation),
    ]),
  );
}

/**
 * What stands at a path (`inlined`), with any character allowed in a query: what a value may hold is said by its schema, and
 * whoever breaks that is told so, not that a character should have been escaped.
 */
export function withReservedCharacters(pathItem: unknown): unknown {
  const open = (parameter: unknown): unknown =>
    isJson(parameter) && parameter['in'] === 'query' ? { ...parameter, allowReserved: true } : parameter;
  const opened = (operation: unknown): unknown =>
    isJson(operation) && Array.isArray(operation['parameters'])
      ? { ...operation, parameters: operation['parameters'].map(open) }
      : operation;
  if (!isJson(pathItem)) return pathItem;
  return Object.fromEntries(Object.entries(pathItem).map(([method, one]) => [method, opened(one)]));
}

/** The object that stands there, or that its `$ref` points to; an empty one where there is none. */
function objectAt(document: ApiDocument, value: unknown): Json {
  if (!isJson(value)) return {};
  const reference = value['$ref'];
  return typeof reference === 'string' ? objectAt(document, targetOf(document, reference)) : value;
}

/** What a reference points to, or throws. */
function targetOf(document: ApiDocument, reference: string): unknown {
  const steps = reference.replace(/^#\//, '').split('/');
  const target = steps.reduce<unknown>((parent, step) => objectAt(document, parent)[step], document);
  if (target === undefined) throw new Error(`the contract refers to ${reference}, which does not exist`);
  return target;
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
