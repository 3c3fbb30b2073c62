import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { operations } from '../../generated/operations.js';
import { createMock, MOCK_METRICS_TOKEN } from '../../scripts/mock/server.js';
import { createLog } from '../../src/platform/log.js';
import { createRoutes } from '../../src/platform/http/routes.js';

/*
 * The import files, sent request by request to the mock, which refuses what the server refuses.
 */

const file = (name: string): string =>
  readFileSync(new URL(`../../generated/${name}`, import.meta.url), 'utf8');
const mock = createMock({ environment: 'test', corsOrigins: [], log: createLog({ level: 'silent' }) });
const routes = createRoutes();
let url: string;

beforeAll(async () => {
  url = `http://127.0.0.1:${await mock.listen(0, '127.0.0.1')}`;
});
afterAll(() => mock.stop(100));

type Sent = {
  title: string;
  method: string;
  address: string;
  headers: Record<string, string>;
  body: string;
  isForm: boolean;
};

/** What the variables of a file stand for, in a text of it. */
function filled(text: string, variables: ReadonlyMap<string, string>): string {
  return text.replace(/\{\{(.+?)\}\}/g, (_, name: string) => {
    const value = variables.get(name);
    if (value === undefined) throw new Error(`nothing says what ${name} is`);
    return value;
  });
}

function httpRequests(): Sent[] {
  const [head = '', ...blocks] = file('holdfast.http').split(/^### /m);
  const variables = new Map(
    [...head.matchAll(/^@(\w+) = (.*)$/gm)].map(([, name = '', value = '']) => [name, value]),
  );
  variables.set('metricsToken', MOCK_METRICS_TOKEN);
  return blocks.map((block) => {
    const lines = filled(block, variables).trim().split('\n');
    const [title = '', ...rest] = lines.filter((line) => !line.startsWith('# '));
    const [first = '', ...others] = rest;
    const [method = '', address = ''] = first.split(' ');
    const end = others.indexOf('');
    const headerLines = end === -1 ? others : others.slice(0, end);
    return {
      title,
      method,
      address: address.replace(variables.get('baseUrl') ?? '', ''),
      headers: Object.fromEntries(headerLines.map((line) => line.split(': ', 2) as [string, string])),
      body: end === -1 ? '' : others.slice(end + 1).join('\n'),
      isForm: headerLines.some((line) => line.startsWith('Content-Type: multipart/')),
    };
  });
}

type Pair = { key: string; value: string; disabled?: boolean };
type PostmanRequest = {
  method: string;
  auth: { type: string; bearer?: Pair[] };
  header: Pair[];
  url: { path: string[]; variable: Pair[]; query: Pair[] };
  body?: { mode: string; raw?: string };
};
type Collection = { item: { item: { name: string; request: PostmanRequest }[] }[] };

function postmanRequests(): Sent[] {
  const { item } = JSON.parse(file('holdfast.postman.json')) as Collection;
  const variables = new Map([
    ['token', 'anything'],
    ['metricsToken', MOCK_METRICS_TOKEN],
    ['$guid', 'a-key-of-this-test'],
  ]);
  return item.flatMap((folder) =>
    folder.item.map(({ name, request: { method, auth, header, url: at, body } }) => {
      const path = at.path.map((step) => at.variable.find(({ key }) => `:${key}` === step)?.value ?? step);
      const query = at.query.map(({ key, value }) => `${key}=${encodeURIComponent(value)}`).join('&');
      const bearer = (auth.bearer ?? []).map(({ value }) => ['Authorization', `Bearer ${value}`]);
      const headers = [...header.map(({ key, value }) => [key, value]), ...bearer];
      const text = JSON.stringify(Object.fromEntries(headers));
      return {
        title: name,
        method,
        // All optional parameters at once: each of them shows a value that is taken.
        address: `/${path.join('/')}${query === '' ? '' : `?${query}`}`,
        headers: JSON.parse(filled(text, variables)) as Record<string, string>,
        body: body?.raw ?? '',
        isForm: body?.mode === 'formdata',
      };
    }),
  );
}

const operationOf = ({ method, address }: Sent): string | undefined =>
  routes(address.split('?')[0] ?? '')?.route.operations.get(method)?.id;

/** The editors keep the session cookie; Postman sends the token. */
async function statusOf({ method, address, headers, body }: Sent): Promise<number> {
  const cookie: Record<string, string> =
    headers['Authorization'] === undefined ? { Cookie: 'holdfast_session=anything' } : {};
  const sent = { method, headers: { ...cookie, ...headers }, ...(body !== '' && { body }) };
  return (await fetch(`${url}${address}`, sent)).status;
}

describe.each([
  ['holdfast.http', httpRequests()],
  ['holdfast.postman.json', postmanRequests()],
])('%s', (_name, requests) => {
  it('X6 has every operation of the contract', () => {
    expect(new Set(requests.map(operationOf))).toEqual(new Set(Object.keys(operations)));
  });

  // Forms need a file that is chosen by whoever sends them.
  const complete = requests.filter(({ isForm }) => !isForm);

  it.each(complete)('X6 sends what the server takes: $title', async (sent) => {
    expect(await statusOf(sent)).toBeLessThan(300);
  });
});
