import { writtenOut } from '../contract/operations.js';
import { isObject, textAt, type JsonObject } from '../generate/json.js';
import { codeBlock, jsonBlock } from './code.js';
import type { Example, Operation } from './contract.js';
import { curlOf, type PlainRequest } from './curl.js';
import { html, type Content } from './html.js';

/** Where `npm start` listens. In a browser the pages put their own address in its place. */
export const SAMPLE_ORIGIN = 'http://127.0.0.1:3000';

/** The bodies that may be sent; the first of them stands in the command above. */
export function bodyExamples(body: Operation['body']): Content {
  const examples = body?.examples ?? [];
  return examples.length > 1 && examplesOf('Bodies', examples, false);
}

/** What the answers look like: successes to be seen at once, errors to open. */
export function answerExamples({ answers }: Operation): Content {
  const sorted = [...answers].sort(
    (one, other) => Number(!one.status.startsWith('2')) - Number(!other.status.startsWith('2')),
  );
  const successes = sorted.filter(({ status }) => status.startsWith('2'));
  const errors = sorted.filter(({ status }) => !status.startsWith('2'));
  const total = errors.flatMap(({ bodies }) => bodies.flatMap(({ examples }) => examples)).length;
  return [
    ...successes.map(({ status, bodies }) =>
      bodies.map(({ examples }) => examplesOf(`Answer ${status}`, examples)),
    ),
    total > 0 &&
      html`<details class="more">
        <summary>${total} ${total === 1 ? 'error' : 'errors'} as examples</summary>
        ${errors.map(({ status, bodies }) => bodies.map(({ examples }) => examplesOf(status === 'default' ? 'Any other' : `Answer ${status}`, examples, false)))}
      </details>`,
  ];
}

export function examplesOf(title: string, examples: readonly Example[], firstIsOpen = true): Content {
  if (examples.length === 0) return undefined;
  return html`<h4>${title}</h4>
    ${examples.map(
      ({ summary, value }, at) =>
        html`<details class="example" ${firstIsOpen && at === 0 && html` open`}>
          <summary>${summary}</summary>
          ${typeof value === 'string' ? codeBlock(value) : jsonBlock(value)}
        </details>`,
    )}`;
}

/** The operation as a command, with the examples of the contract in it. */
export function sampleCurl({ method, path, parameters, body, signIn }: Operation): string {
  const of = (place: string) => parameters.filter((one) => one.in === place);
  const exampleOf = (one: JsonObject): string => writtenOut(one.example ?? '');
  const filled = of('path').reduce(
    (address, one) => address.replace(`{${textAt(one.name, 'name')}}`, encodeURIComponent(exampleOf(one))),
    path,
  );
  const query = of('query')
    .filter((one) => one.required === true)
    .map((one) => `${textAt(one.name, 'name')}=${encodeURIComponent(exampleOf(one))}`);
  const needed = of('header')
    .filter((one) => one.required === true)
    .map((one) => [textAt(one.name, 'name'), exampleOf(one)] as const);
  const token = signIn === 'operator' ? '$METRICS_TOKEN' : '$TOKEN';
  const signsIn = signIn === 'user' || signIn === 'admin' || signIn === 'operator';
  return curlOf({
    method,
    url: `${SAMPLE_ORIGIN}${filled}${query.length > 0 ? `?${query.join('&')}` : ''}`,
    headers: [
      ...(signsIn ? [['Authorization', `Bearer ${token}`] as const] : []),
      ...needed,
      ...(body !== undefined && body.type !== 'multipart/form-data'
        ? [['Content-Type', body.type] as const]
        : []),
    ],
    keepsCookies: signIn === 'optional',
    ...bodyOf(body),
  });
}

function bodyOf(body: Operation['body']): Pick<PlainRequest, 'body'> {
  const [example] = body?.examples ?? [];
  if (body === undefined || example === undefined) return {};
  if (body.type !== 'multipart/form-data')
    return { body: { kind: 'text', text: JSON.stringify(example.value, null, 2) } };
  const fields = Object.entries(isObject(example.value) ? example.value : {}).map(([name, value]) => {
    const text = writtenOut(value);
    const isFile = text.startsWith('(');
    return { name, value: isFile ? 'picture.jpg' : text, isFile };
  });
  return { body: { kind: 'form', fields } };
}
