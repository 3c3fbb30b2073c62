import { writtenOut } from '../contract/operations.js';
import { objectAt, textAt, type JsonObject } from '../generate/json.js';
import { addressOf } from './addresses.js';
import { codeBlock } from './code.js';
import type { Operation, Webhook } from './contract.js';
import type { Drawing } from './drawing.js';
import { html, type Content, type Html } from './html.js';
import { answersPart } from './operation.answers.js';
import { answerExamples, bodyExamples, examplesOf, sampleCurl } from './operation.wire.js';
import type { SchemaTree } from './schema.tree.js';

const CALLERS: Record<Operation['signIn'], string> = {
  none: 'Anybody',
  optional: 'Guests and accounts',
  user: 'Any account',
  admin: 'Admins',
  operator: 'Operators, with METRICS_TOKEN',
};

/** All of an operation: what it is for on the left, what goes over the wire on the right. */
export function operationSection(operation: Operation, drawing: Drawing): Html {
  const { id, path, summary } = operation;
  return html`<section class="operation" id="${id}" aria-labelledby="${id}-title">
    <div class="about">
      ${head(operation, { route: path, link: 'Link to this operation' }, drawing)}
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
      ${bodyExamples(operation.body)} ${answerExamples(operation)}
    </div>
  </section>`;
}

/** A message that we send: its body is ours, the answer is the receiver's. */
export function webhookSection(webhook: Webhook, drawing: Drawing): Html {
  const { id, name } = webhook;
  return html`<section class="operation" id="${id}" aria-labelledby="${id}-title">
    <div class="about">
      ${head(webhook, { route: name, link: 'Link to this message' }, drawing)}
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

/** What it is called, where it goes, and what it is for. */
function head(
  { id, method, summary, description }: Operation | Webhook,
  { route, link }: { route: string; link: string },
  drawing: Drawing,
): Html {
  return html`<h2 id="${id}-title">${summary} <a class="anchor" href="#${id}" aria-label="${link}">#</a></h2>
    <p class="route"><span class="method ${method}">${method.toUpperCase()}</span> <code>${route}</code></p>
    <div class="prose">${drawing.texts.block(description, id)}</div>`;
}
