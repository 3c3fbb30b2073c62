import { requestsOf, type ShownParameter, type ShownRequest } from '../contract/requests.js';
import {
  formFieldsOf,
  SANDBOX_METRICS_TOKEN,
  SANDBOX_URL,
  variantsOf,
  type Variant,
} from '../contract/variants.js';
import { listAt, objectAt, textAt, type Json, type JsonObject } from './json.js';

/** Every operation as a Postman collection (format 2.1, which Bruno, Insomnia and Hoppscotch import too), a folder for each tag. */
export function postmanCollection(document: JsonObject, notice: string): JsonObject {
  const info = objectAt(document.info, 'info');
  const requests = requestsOf(document);
  const folders = listAt(document.tags).map((tag) => {
    const { name, description } = objectAt(tag, 'tag');
    const members = requests.filter((request) => request.tag === name);
    return {
      name: textAt(name, 'name of a tag'),
      description: textAt(description, 'description of a tag'),
      item: members.flatMap((request) => variantsOf(request).map((variant) => itemOf(request, variant))),
    };
  });
  return {
    info: {
      name: `${textAt(info.title, 'title')} ${textAt(info.version, 'version')}`,
      description: `${notice} "Get an access token" keeps the token for the requests that need one.`,
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    },
    variable: [
      { key: 'baseUrl', value: SANDBOX_URL },
      { key: 'token', value: '' },
      { key: 'metricsToken', value: SANDBOX_METRICS_TOKEN },
    ],
    item: folders,
  };
}

function itemOf(request: ShownRequest, { title, body }: Variant): JsonObject {
  const path = request.path.slice(1).replace(/\{(\w+)\}/g, ':$1');
  const needed = request.query.filter(({ required }) => required);
  const shownQuery = needed.map(({ name, example }) => `${name}=${encodeURIComponent(example)}`).join('&');
  return {
    name: title,
    ...(request.id === 'issueToken' && { event: [keepToken] }),
    request: {
      method: request.method.toUpperCase(),
      description: request.description,
      auth: authOf(request),
      header: headersOf(request),
      url: {
        raw: `{{baseUrl}}/${path}${shownQuery === '' ? '' : `?${shownQuery}`}`,
        host: ['{{baseUrl}}'],
        path: path.split('/'),
        variable: request.pathParameters.map(({ name, example, description }) => ({
          key: name,
          value: example,
          description,
        })),
        query: request.query.map((parameter) => pair(parameter)),
      },
      ...(request.type !== undefined && { body: bodyOf(request, body) }),
    },
  };
}

/** After `issueToken` has answered, its token signs in the requests that need it. */
const keepToken: JsonObject = {
  listen: 'test',
  script: {
    type: 'text/javascript',
    exec: ["if (pm.response.code === 200) pm.collectionVariables.set('token', pm.response.json().token);"],
  },
};

function authOf({ signIn }: ShownRequest): JsonObject {
  if (signIn === 'none' || signIn === 'optional') return { type: 'noauth' };
  const value = signIn === 'operator' ? '{{metricsToken}}' : '{{token}}';
  return { type: 'bearer', bearer: [{ key: 'token', value, type: 'string' }] };
}

/** An optional one is there, and switched off. */
function pair({ name, example, description, required }: ShownParameter): JsonObject {
  return { key: name, value: example, description, ...(!required && { disabled: true }) };
}

function headersOf({ headers, type }: ShownRequest): Json[] {
  const own = headers.map((header) =>
    // A new one for each request; to repeat one, write its key here.
    header.name === 'Idempotency-Key' ? { ...pair(header), value: '{{$guid}}' } : pair(header),
  );
  // The border of a form is written by whoever sends it.
  const isForm = type === undefined || type === 'multipart/form-data';
  return isForm ? own : [{ key: 'Content-Type', value: type }, ...own];
}

function bodyOf(request: ShownRequest, body: Json | undefined): JsonObject {
  if (request.type === 'multipart/form-data') {
    const formdata = formFieldsOf(request, body).map(({ name, text }) =>
      text === undefined ? { key: name, type: 'file', src: [] } : { key: name, type: 'text', value: text },
    );
    return { mode: 'formdata', formdata };
  }
  return { mode: 'raw', raw: JSON.stringify(body ?? {}, null, 2), options: { raw: { language: 'json' } } };
}
