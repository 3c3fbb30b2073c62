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
  /** The object that stands there, or that its `$ref` points to; an empty one where there is none. */
  const objectAt = (value: unknown): Json => {
    if (!isJson(value)) return {};
    const reference = value['$ref'];
    if (typeof reference !== 'string') return value;
    const steps = reference.replace(/^#\//, '').split('/');
    return objectAt(steps.reduce<unknown>((parent, step) => objectAt(parent)[step], document));
  };
  const declaration = ({ path, method }: Operation): Json => objectAt(objectAt(document.paths[path])[method]);

  return {
    setsCookies(operation) {
      const answers = Object.values(objectAt(declaration(operation)['responses']));
      return answers.some((answer) => 'Set-Cookie' in objectAt(objectAt(answer)['headers']));
    },
    requiresBody(operation) {
      return objectAt(declaration(operation)['requestBody'])['required'] === true;
    },
    formFields(operation) {
      const content = objectAt(objectAt(declaration(operation)['requestBody'])['content']);
      const schema = objectAt(objectAt(content['multipart/form-data'])['schema']);
      const fields = Object.entries(objectAt(schema['properties']));
      const isFile = (field: unknown): boolean => objectAt(field)['format'] === 'binary';
      return {
        files: fields.filter(([, field]) => isFile(field)).map(([name]) => name),
        texts: fields.filter(([, field]) => !isFile(field)).map(([name]) => name),
      };
    },
  };
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
