import { writtenOut } from '../contract/operations.js';
import { isObject, objectAt, textAt, type JsonObject } from '../generate/json.js';
import { addressOf, type Links } from './addresses.js';
import { codeBlock, jsonBlock } from './code.js';
import type { Answer, Body, Example, Operation, Webhook } from './contract.js';
import { curlOf, type PlainRequest } from './curl.js';
import { html, type Content, type Html } from './html.js';
import type { SchemaTree } from './schema.tree.js';
import type { Texts } from './texts.js';

export type Drawing = { links: Links; texts: Texts; tree: SchemaTree };

/** Where `npm start` listens. In a browser the pages put their own address in its place. */
export const SAMPLE_ORIGIN = 'http://127.0.0.1:3000';

const CALLERS: Record<Operation['signIn'], string> = {
  none: 'Anybody',
  optional: 'Guests and accounts',
  user: 'Any account',
  admin: 'Admins',
  operator: 'Operators, with METRICS_TOKEN',
};

/** All of an operation: what it is for on the left, what goes over the wire on the right. */
export function operationSection(operation: Operation, drawing: Drawing): Html {
  const { id, method, path, summary } = operation;
  return html`<section class="operation" id="${id}" aria-labelledby="${id}-title">
    <div class="about">
      <h2 id="${id}-title">
        ${summary} <a class="anchor" href="#${id}" aria-label="Link to this operation">#</a>
      </h2>
      <p class="route"><span class="method ${method}">${method.toUpperCase()}</span> <code>${path}</code></p>
      <div class="prose">${drawing.texts.block(operation.description, id)}</div>
      <dl class="terms">
        <div>
          <dt>Who may call</dt>
          <dd>${CALLERS[operation.signIn]}</dd>
        </div>
        <div>
          <dt>Name</dt>
          <dd><code>${id}</code></dd>
        </div>
        ${
          operation.rateLimit !== undefined &&
          html`<div>
            <dt>Limit</dt>
            <dd>
              <a href="${addressOf.page('reference')}#limits"><code>${operation.rateLimit}</code></a>
            </dd>
          </div>`
        }
      </dl>
      ${requestParts(operation, drawing)} ${answersPart(operation, drawing)}
    </div>
    <div class="wire">
      <h3>Request</h3>
      ${codeBlock(sampleCurl(operation), 'sh')}
      <p><a class="button" href="${addressOf.tryOut(id)}" aria-label="Try ${summary}">Try it</a></p>
      ${examplesOf('Body', operation.body?.examples ?? [])} ${answerExamples(operation)}
    </div>
  </section>`;
}

/** A message that we send: its body is ours, the answer is the receiver's. */
export function webhookSection(webhook: Webhook, drawing: Drawing): Html {
  const { id, method, name, summary } = webhook;
  return html`<section class="operation" id="${id}" aria-labelledby="${id}-title">
    <div class="about">
      <h2 id="${id}-title">
        ${summary} <a class="anchor" href="#${id}" aria-label="Link to this message">#</a>
      </h2>
      <p class="route"><span class="method ${method}">${method.toUpperCase()}</span> <code>${name}</code></p>
      <div class="prose">${drawing.texts.block(webhook.description, id)}</div>
      ${requestParts(webhook, drawing)} ${answersPart(webhook, drawing)}
    </div>
    <div class="wire">${examplesOf('Body', webhook.body?.examples ?? [])}</div>
  </section>`;
}

const PLACES: Readonly<Record<string, string>> = {
  path: 'In the path',
  query: 'In the query',
  header: 'Headers',
  cookie: 'Cookies',
};

function requestParts(
  { parameters, body }: Pick<Operation, 'parameters' | 'body'>,
  { tree }: Drawing,
): Content {
  const places = Object.entries(PLACES).map(([place, title]) => {
    const here = parameters.filter((one) => one.in === place);
    return (
      here.length > 0 &&
      html`<h3>${title}</h3>
        <ul class="fields">
          ${here.map((one) => tree.field(parameterField(one)))}
        </ul>`
    );
  });
  const sent =
    body !== undefined &&
    html`<h3>Body <span class="media">${body.type}${body.required ? '' : ', may be left out'}</span></h3>
      ${tree.whole(body.schema)}`;
  return [...places, sent];
}

function parameterField(parameter: JsonObject): Parameters<SchemaTree['field']>[0] {
  const { example, required, schema, description, name } = parameter;
  return {
    name: textAt(name, 'name of a parameter'),
    schema: objectAt(schema, 'schema of a parameter'),
    required: required === true,
    description: textAt(description, 'description of a parameter'),
    ...(example !== undefined && { example: writtenOut(example) }),
  };
}

function answersPart({ answers }: Pick<Operation, 'answers'>, drawing: Drawing): Html {
  return html`<h3>Answers</h3>
    ${answers.map((answer) => answerPart(answer, drawing))}`;
}

/** A success with its schema to open; an error with its codes, since errors have one shape. */
function answerPart(answer: Answer, { texts, tree, links }: Drawing): Html {
  const { status, description, headers, bodies } = answer;
  const codes = errorCodesOf(answer);
  const isError = !/^[123]/.test(status);
  const details: Content = [
    headers.length > 0 &&
      html`<p class="label">Headers</p>
        <ul class="fields">
          ${headers.map(
            ({ name, description: text }) =>
              html`<li class="field">
                <div class="field-head"><code class="field-name">${name}</code></div>
                <div class="prose">${texts.block(text, name)}</div>
              </li>`,
          )}
        </ul>`,
    !isError &&
      bodies.map(
        ({ type, schema }) =>
          html`<p class="label">${type}</p>
            ${tree.whole(schema)}`,
      ),
    isError && schemaLinks(bodies),
  ];
  const hasDetails = headers.length + bodies.length > 0;
  const line = html`<span class="status ${statusKind(status)}"
      >${status === 'default' ? 'other' : status}</span
    >
    <span class="answer-text">${texts.inline(description, status)}</span>`;
  const listed = codes.map(
    (code) => html` <a class="named" href="${links.error(code)}"><code>${code}</code></a>`,
  );
  const below = codes.length > 0 && html`<p class="codes">${listed}</p>`;
  if (!hasDetails) return html`<div class="answer"><p>${line}</p></div>`;
  return html`<div class="answer">
    <p>${line}</p>
    ${below}
    <details>
      <summary>${isError ? 'Headers and body' : 'Fields'}</summary>
      ${details}
    </details>
  </div>`;
}

function schemaLinks(bodies: readonly Body[]): Content {
  const names = bodies.flatMap(({ schema }) =>
    typeof schema.$ref === 'string' ? (schema.$ref.split('/').at(-1) ?? []) : [],
  );
  return names.map(
    (name) => html`<p class="label">Body: <a href="${addressOf.schema(name)}">${name}</a></p>`,
  );
}

function errorCodesOf({ bodies }: Answer): string[] {
  const codes = bodies.flatMap(({ examples }) =>
    examples.flatMap(({ value }) =>
      isObject(value) && value.success === false && typeof value.code === 'string' ? [value.code] : [],
    ),
  );
  return [...new Set(codes)];
}

function statusKind(status: string): string {
  if (status.startsWith('2')) return 'good';
  return status.startsWith('3') ? 'elsewhere' : 'bad';
}

function answerExamples({ answers }: Operation): Content {
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

function examplesOf(title: string, examples: readonly Example[], firstIsOpen = true): Content {
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

function sampleCurl({ method, path, parameters, body, signIn }: Operation): string {
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
