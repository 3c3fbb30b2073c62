import { isObject, listAt, objectAt, resolve, textAt, type Json, type JsonObject } from './json.js';

const methods = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options', 'trace'];

/** One row of the operation table: everything about an operation that code needs at run time. */
export type OperationRow = {
  method: string;
  path: string;
  tag: string;
  access: 'public' | 'optional' | 'user' | 'admin' | 'metrics';
  schemes: string[];
  idempotent: boolean;
  requestTypes: string[];
  responseTypes: string[];
  statuses: number[];
  headers: string[];
  cookies: string[];
  queryDefaults: JsonObject;
  /** The limit that the operation counts for; null where it counts for none. */
  rateLimit: string | null;
};

/** The rows of the table by operationId, in the order of the contract. */
function operationRows(document: JsonObject): Record<string, OperationRow> {
  const rows: Record<string, OperationRow> = {};
  for (const [path, item] of Object.entries(objectAt(document.paths, 'paths'))) {
    const pathItem = objectAt(item, path);
    for (const method of methods) {
      if (!isObject(pathItem[method])) continue;
      const operation = pathItem[method];
      const id = textAt(operation.operationId, `operationId of ${method} ${path}`);
      if (rows[id]) throw new Error(`two operations are called ${id}`);
      const parameters = [...listAt(pathItem.parameters), ...listAt(operation.parameters)];
      const responses = objectAt(operation.responses, `responses of ${id}`);
      rows[id] = {
        method,
        path,
        tag: textAt(listAt(operation.tags)[0], `tag of ${id}`),
        ...accessOf(listAt(operation.security), id),
        ...parametersOf(document, parameters),
        requestTypes: contentTypes(document, operation.requestBody),
        responseTypes: responseTypesOf(document, responses),
        statuses: Object.keys(responses).map(Number).filter(Number.isInteger),
        rateLimit:
          operation['x-rate-limit'] === undefined
            ? null
            : textAt(operation['x-rate-limit'], `x-rate-limit of ${id}`),
      };
    }
  }
  return rows;
}

/** Who may call, read from `security`: an empty list is everybody, `{}` beside schemes is a sign-in that may be missing. */
function accessOf(security: Json[], id: string): Pick<OperationRow, 'access' | 'schemes'> {
  const alternatives = security.map((one) => objectAt(one, `security of ${id}`));
  const schemes = alternatives.flatMap((one) => Object.keys(one));
  const roles = new Set(alternatives.flatMap((one) => Object.values(one).flatMap((list) => listAt(list))));
  if (schemes.length === 0) return { access: 'public', schemes };
  if (schemes.includes('metricsAuth')) return { access: 'metrics', schemes };
  if (alternatives.some((one) => Object.keys(one).length === 0)) return { access: 'optional', schemes };
  if (roles.size === 0) return { access: 'user', schemes };
  const everyAlternativeIsAdmins = alternatives.every((one) =>
    Object.values(one).every((list) => listAt(list).includes('admin')),
  );
  if (roles.size === 1 && everyAlternativeIsAdmins) return { access: 'admin', schemes };
  throw new Error(`security of ${id} mixes roles in a way that the table cannot say`);
}

function parametersOf(
  document: JsonObject,
  parameters: Json[],
): Pick<OperationRow, 'idempotent' | 'headers' | 'cookies' | 'queryDefaults'> {
  const all = parameters.map((parameter) => resolve(document, parameter));
  const named = (where: string) => all.filter((p) => p.in === where);
  const names = (where: string) => named(where).map((p) => textAt(p.name, 'name of a parameter'));
  const defaults = named('query').flatMap((p): [string, Json][] => {
    const schema = objectAt(p.schema, 'schema of a parameter');
    const value = schema.default ?? resolve(document, schema).default;
    return value === undefined ? [] : [[textAt(p.name, 'name of a parameter'), value]];
  });
  return {
    idempotent: named('header').some((p) => p.name === 'Idempotency-Key' && p.required === true),
    headers: names('header'),
    cookies: names('cookie'),
    queryDefaults: Object.fromEntries(defaults),
  };
}

/** The content types of the answers that mean success, in the order of the contract; none where they have no body. */
function responseTypesOf(document: JsonObject, responses: JsonObject): string[] {
  const successes = Object.keys(responses).filter((status) => status.startsWith('2'));
  return [...new Set(successes.flatMap((status) => contentTypes(document, responses[status])))];
}

/** The content types of a request or response that may be missing, or have no body. */
function contentTypes(document: JsonObject, part: Json | undefined): string[] {
  if (part === undefined) return [];
  const { content } = resolve(document, part);
  return content === undefined ? [] : Object.keys(objectAt(content, 'content'));
}

/** The source of `generated/operations.ts`. */
export function operationsSource(document: JsonObject, notice: string): string {
  const rows = Object.entries(operationRows(document)).map(
    ([id, row]) => `  ${id}: ${JSON.stringify(row)},\n`,
  );
  const schemas = objectAt(objectAt(document.components, 'components').schemas, 'schemas');
  const codes = listAt(objectAt(schemas.ErrorCode, 'ErrorCode').enum).map(
    (code) => `  ${JSON.stringify(code)},\n`,
  );
  return [
    `// ${notice}\n\n`,
    '/** Every operation of the contract by its operationId. Every one of them also has the `default` answer. */\n',
    `export const operations = {\n${rows.join('')}} as const;\n\n`,
    '/** Every value of `code` in an error, in the order of the contract. */\n',
    `export const errorCodes = [\n${codes.join('')}] as const;\n`,
  ].join('');
}
