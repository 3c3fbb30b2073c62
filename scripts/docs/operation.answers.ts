import { isObject } from '../generate/json.js';
import { addressOf } from './addresses.js';
import type { Answer, Body, Operation } from './contract.js';
import type { Drawing } from './drawing.js';
import { html, type Content, type Html } from './html.js';

/** Every answer of an operation: its status, what it means, its headers and fields to open. */
export function answersPart({ answers }: Pick<Operation, 'answers'>, drawing: Drawing): Html {
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
