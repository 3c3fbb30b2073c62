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
  /** Names of the query parameters that are whole numbers. */
  wholeNumbers: (operation: Operation) => readonly string[];
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
    wholeNumbers(operation) {
      const { parameters } = declaration(operation);
      return (Array.isArray(parameters) ? parameters : [])
        .map(at)
        .filter((parameter) => parameter['in'] === 'query' && at(parameter['schema'])['type'] === 'integer')
        .map((parameter) => String(parameter['name']));
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

/** The components of the document that a part of it refers to, directly or through others, each in its place. */
export function componentsFor(document: ApiDocument, part: unknown): Json {
  const found = new Map<string, Map<string, unknown>>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    if (!isJson(value)) return;
    const reference = value['$ref'];
    if (typeof reference === 'string') take(reference);
    Object.values(value).forEach(visit);
  };
  const take = (reference: string): void => {
    const [, , kind = '', name = ''] = reference.split('/');
    const ofKind = found.get(kind) ?? new Map<string, unknown>();
    if (ofKind.has(name)) return;
    const components = document['components'];
    const group = isJson(components) ? components[kind] : undefined;
    const component = isJson(group) ? group[name] : undefined;
    if (component === undefined) throw new Error(`the contract refers to ${reference}, which does not exist`);
    found.set(kind, ofKind.set(name, component));
    visit(component);
  };
  visit(part);
  return Object.fromEntries([...found].map(([kind, named]) => [kind, Object.fromEntries(named)]));
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

/** The object that stands there, or that its `$ref` points to; an empty one where there is none. */
function objectAt(document: ApiDocument, value: unknown): Json {
  if (!isJson(value)) return {};
  const reference = value['$ref'];
  if (typeof reference !== 'string') return value;
  const steps = reference.replace(/^#\//, '').split('/');
  return objectAt(
    document,
    steps.reduce<unknown>((parent, step) => objectAt(document, parent)[step], document),
  );
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
