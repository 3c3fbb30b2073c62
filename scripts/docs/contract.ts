import { operationsOf, type ContractOperation } from '../contract/operations.js';
import { signInOf, type SignIn } from '../contract/requests.js';
import { isObject, listAt, objectAt, resolve, textAt, type Json, type JsonObject } from '../generate/json.js';

export type Example = { name: string; summary: string; value: Json };
export type Body = { type: string; schema: JsonObject; examples: Example[] };
export type Header = { name: string; description: string; example: Json | undefined };
/** An answer of an operation; `default` stands for every status that has no answer of its own. */
export type Answer = { status: string; description: string; headers: Header[]; bodies: Body[] };

/** An operation with all that its reader may ask. */
export type Operation = {
  id: string;
  method: string;
  path: string;
  tag: string;
  summary: string;
  description: string;
  signIn: SignIn;
  rateLimit: string | undefined;
  parameters: JsonObject[];
  body: (Body & { required: boolean }) | undefined;
  answers: Answer[];
};

/** A message that the server sends to others. */
export type Webhook = Pick<
  Operation,
  'id' | 'method' | 'summary' | 'description' | 'parameters' | 'body' | 'answers'
> & {
  name: string;
};

export type Tag = { name: string; description: string; operations: Operation[] };

/** The contract as the pages tell it. */
export type Contract = {
  document: JsonObject;
  title: string;
  version: string;
  summary: string;
  description: string;
  servers: { url: string; description: string }[];
  /** The ways to sign in, as `security` names them. */
  credentials: { name: string; description: string }[];
  tags: Tag[];
  operations: Operation[];
  webhooks: Webhook[];
  schemas: ReadonlyMap<string, JsonObject>;
  errorCodes: string[];
};

/** Reads a bundled contract. Throws where something is missing that the lint of the contract asks for. */
export function readContract(document: JsonObject): Contract {
  const info = objectAt(document.info, 'info');
  const operations = operationsOf(document).map((one): Operation => {
    const { operation, id } = one;
    const limit = operation['x-rate-limit'];
    return {
      ...partsOf(document, one),
      path: one.path,
      tag: textAt(listAt(operation.tags)[0], `tag of ${id}`),
      signIn: signInOf(operation),
      rateLimit: limit === undefined ? undefined : textAt(limit, `x-rate-limit of ${id}`),
    };
  });
  const components = objectAt(document.components, 'components');
  const schemas = objectAt(components.schemas, 'schemas');
  return {
    document,
    title: textAt(info.title, 'title'),
    version: textAt(info.version, 'version'),
    summary: textAt(info.summary, 'summary'),
    description: textAt(info.description, 'description'),
    servers: listAt(document.servers).map((server) => {
      const { url, description } = objectAt(server, 'server');
      return {
        url: textAt(url, 'url of a server'),
        description: textAt(description, 'description of a server'),
      };
    }),
    credentials: Object.entries(objectAt(components.securitySchemes, 'securitySchemes')).map(
      ([name, scheme]) => ({ name, description: textAt(objectAt(scheme, name).description, name) }),
    ),
    tags: listAt(document.tags).map((tag) => tagOf(objectAt(tag, 'tag'), operations)),
    operations,
    webhooks: webhooksOf(document),
    schemas: new Map(Object.entries(schemas).map(([name, schema]) => [name, objectAt(schema, name)])),
    errorCodes: listAt(objectAt(schemas.ErrorCode, 'ErrorCode').enum).map((code) =>
      textAt(code, 'error code'),
    ),
  };
}

function tagOf(tag: JsonObject, operations: readonly Operation[]): Tag {
  const name = textAt(tag.name, 'name of a tag');
  return {
    name,
    description: textAt(tag.description, `description of ${name}`),
    operations: operations.filter((operation) => operation.tag === name),
  };
}

function webhooksOf(document: JsonObject): Webhook[] {
  if (document.webhooks === undefined) return [];
  const asPaths = operationsOf({ ...document, paths: document.webhooks });
  return asPaths.map((one) => ({ ...partsOf(document, one), name: one.path }));
}

/** What operations and webhooks have in common. */
function partsOf(
  document: JsonObject,
  { id, method, operation, parameters }: ContractOperation,
): Omit<Webhook, 'name'> {
  const body = operation.requestBody === undefined ? undefined : resolve(document, operation.requestBody);
  const [content] = bodiesOf(document, body);
  return {
    id,
    method,
    summary: textAt(operation.summary, `summary of ${id}`),
    description: textAt(operation.description, `description of ${id}`),
    parameters,
    body: content === undefined ? undefined : { ...content, required: body?.required === true },
    answers: Object.entries(objectAt(operation.responses, `responses of ${id}`)).map(([status, answer]) =>
      answerOf(document, status, resolve(document, answer)),
    ),
  };
}

function answerOf(document: JsonObject, status: string, answer: JsonObject): Answer {
  const headers = Object.entries(isObject(answer.headers) ? answer.headers : {}).map(
    ([name, header]): Header => {
      const { description, example } = resolve(document, header);
      return { name, description: textAt(description, `description of ${name}`), example };
    },
  );
  return {
    status,
    description: textAt(answer.description, status),
    headers,
    bodies: bodiesOf(document, answer),
  };
}

function bodiesOf(document: JsonObject, part: JsonObject | undefined): Body[] {
  const content = part !== undefined && isObject(part.content) ? part.content : {};
  return Object.entries(content).map(([type, media]) => {
    const { schema, examples } = objectAt(media, type);
    return { type, schema: objectAt(schema, `schema of ${type}`), examples: examplesOf(document, examples) };
  });
}

function examplesOf(document: JsonObject, examples: Json | undefined): Example[] {
  return Object.entries(isObject(examples) ? examples : {}).map(([name, example]) => {
    const { summary, value } = resolve(document, example);
    return { name, summary: typeof summary === 'string' ? summary : name, value: value ?? null };
  });
}
