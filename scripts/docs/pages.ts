import { addressOf } from './addresses.js';
import type { Contract, Operation, Tag } from './contract.js';
import { audienceGroups, type Guide } from './guides.js';
import { html, type Content, type Html } from './html.js';
import { titleOf, type Page } from './layout.js';
import type { Drawing } from './drawing.js';
import { operationSection, webhookSection } from './operation.js';
import type { Rendered } from './markdown.js';

/** The first page: what this is, and the way to everything. */
export function homePage(contract: Contract, guides: readonly Guide[], drawing: Drawing): Page {
  const { title, summary, tags, operations, schemas } = contract;
  const [beginning] = guides;
  const content = html`<div class="hero">
      <h1>${title}</h1>
      <p class="lead">${summary}</p>
      <p class="lead-more">
        Accounts, catalogue, carts whose units are really set aside, orders, payments, shipments:
        ${operations.length} operations and ${schemas.size} schemas, and every answer that the server gives.
      </p>
      <p class="actions">
        ${beginning !== undefined && html`<a class="button main" href="${addressOf.page(beginning.slug)}">${beginning.title}</a>`}
        <a class="button" href="${addressOf.page('reference')}">Reference</a>
        <a class="button" href="${addressOf.page('try')}">Try it here</a>
      </p>
    </div>
    <h2 id="guides">Guides</h2>
    ${audienceGroups(guides).map(
      (group) =>
        html`<h3>${group.title}</h3>
          <ul class="cards">
            ${group.guides.map(guideCard)}
          </ul>`,
    )}
    <h2 id="reference">Reference</h2>
    <ul class="cards">
      ${tags.map((tag) => tagCard(tag, drawing))}
    </ul>
    <h2 id="contract">The contract itself</h2>
    <p>
      OpenAPI 3.1 as <a href="/openapi.json">JSON</a> and <a href="/openapi.yaml">YAML</a>, and
      <a href="/openapi-3.0.json">OpenAPI 3.0</a> for generators that need it.
    </p>`;
  return { slug: 'index', title: 'documentation', summary, content };
}

function guideCard({ slug, title, summary }: Guide): Html {
  return html`<li>
    <a class="card" href="${addressOf.page(slug)}"><strong>${title}</strong><span>${summary}</span></a>
  </li>`;
}

function tagCard(tag: Tag, { texts }: Drawing): Html {
  return html`<li class="card">
    <strong><a href="${addressOf.tag(tag.name)}">${titleOf(tag.name)}</a></strong
    ><span class="count">${tag.operations.length} operations</span>
    <div class="prose">${texts.inline(firstSentence(tag.description), tag.name)}</div>
  </li>`;
}

function firstSentence(text: string): string {
  return /^[\s\S]*?[.!?](?=\s|$)/.exec(text.trim())?.[0] ?? text;
}

export function guidePage(guide: Guide, { html: text, headings }: Rendered): Page {
  const { slug, title, summary } = guide;
  const content = html`<article class="prose guide">
    <h1>${title}</h1>
    <p class="lead">${summary}</p>
    ${text}
  </article>`;
  return { slug, title, summary, content, headings };
}

type Overview = { introduction: Rendered; limits: Html; drawing: Drawing };

/** What holds for all operations: the contract's own introduction, where the server is, how to sign in. */
export function overviewPage(contract: Contract, { introduction, limits, drawing }: Overview): Page {
  const summary = 'What holds for every operation: signing in, money, errors, limits.';
  const content = html`<article class="prose guide">
    <h1>Reference</h1>
    <p class="lead">${summary}</p>
    ${introduction.html}
    <h2 id="credentials">
      Servers and credentials
      <a class="anchor" href="#credentials" aria-label="Link to this section">#</a>
    </h2>
    <ul>
      ${contract.servers.map(({ url, description }) => html`<li><code>${url}</code> ${description}</li>`)}
      ${contract.credentials.map(
        ({ name, description }) =>
          html`<li><code>${name}</code>: ${drawing.texts.inline(description, name)}</li>`,
      )}
    </ul>
    <h2 id="limits">The limits <a class="anchor" href="#limits" aria-label="Link to this section">#</a></h2>
    <p>What holds when nothing else is configured.</p>
    ${limits}
    <h2 id="operations">
      All operations <a class="anchor" href="#operations" aria-label="Link to this section">#</a>
    </h2>
    ${contract.tags.map(
      (tag) =>
        html`<h3 id="tag-${tag.name}">${titleOf(tag.name)}</h3>
          ${operationTable(tag.operations)}`,
    )}
  </article>`;
  const headings = [
    ...introduction.headings,
    { id: 'credentials', depth: 2, text: 'Servers and credentials' },
    { id: 'limits', depth: 2, text: 'The limits' },
    { id: 'operations', depth: 2, text: 'All operations' },
  ];
  return { slug: 'reference', title: 'Reference', summary, content, headings };
}

function operationTable(operations: readonly Operation[]): Html {
  return html`<table class="stacked operations">
    <thead class="unseen">
      <tr>
        <th scope="col">Operation</th>
        <th scope="col">Request</th>
      </tr>
    </thead>
    <tbody>
      ${operations.map(
        (one) =>
          html`<tr>
            <th scope="row"><a href="${addressOf.operation(one)}">${one.summary}</a></th>
            <td>
              <span class="method ${one.method}">${one.method.toUpperCase()}</span> <code>${one.path}</code>
            </td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

export function tagPage(tag: Tag, drawing: Drawing): Page {
  const summary = firstSentence(tag.description).replace(/\s+/g, ' ');
  const content = html`<h1>${titleOf(tag.name)}</h1>
    <div class="prose lead-text">${drawing.texts.block(tag.description, tag.name)}</div>
    ${tag.operations.map((operation) => operationSection(operation, drawing))}`;
  return { slug: `reference-${tag.name}`, title: titleOf(tag.name), summary, content, isWide: true };
}

export function webhooksPage({ webhooks }: Contract, drawing: Drawing): Page {
  const summary = 'The messages that this server sends to others.';
  const content = html`<h1>Webhooks</h1>
    <p class="lead">${summary}</p>
    ${webhooks.map((webhook) => webhookSection(webhook, drawing))}`;
  return { slug: 'webhooks', title: 'Webhooks', summary, content, isWide: true };
}

export function schemasPage({ schemas }: Contract, { tree }: Drawing): Page {
  const names = [...schemas.keys()].sort((one, other) => one.localeCompare(other));
  const summary = 'Every type of the contract under its name.';
  const content = html`<h1>Schemas</h1>
    <p class="lead">${summary}</p>
    <details class="index">
      <summary>All ${names.length} names</summary>
      <ul class="names">
        ${names.map((name) => html`<li><a href="#${name}">${name}</a></li>`)}
      </ul>
    </details>
    ${names.map(
      (name) =>
        html`<section class="schema" id="${name}" aria-labelledby="${name}-title">
          <h2 id="${name}-title">
            ${name} <a class="anchor" href="#${name}" aria-label="Link to ${name}">#</a>
          </h2>
          ${tree.component(name)}
        </section>`,
    )}`;
  return { slug: 'schemas', title: 'Schemas', summary, content };
}

/** For browsers that go where no page is; the server shows it in place of its error. */
export function lostPage(): Page {
  const summary = 'The address leads to no page of this documentation.';
  const content = html`<h1>There is no such page</h1>
    <p class="lead">${summary}</p>
    <p>Look for it above (with a keyboard, <kbd>/</kbd> goes to the search), or begin at one of these.</p>
    <p class="actions">
      <a class="button main" href="${addressOf.home}">All guides</a>
      <a class="button" href="${addressOf.page('reference')}">Reference</a>
    </p>`;
  return { slug: 'not-found', title: 'No such page', summary, content, isWide: true };
}

export function tryPage(): Page {
  const summary = 'Send any operation to this very server.';
  const content: Content = html`<h1>Try it</h1>
    <p class="lead">${summary} What is changed here is really changed.</p>
    <noscript
      ><p class="notice">This page needs JavaScript: it makes its form from the contract.</p></noscript
    >
    <div id="try"></div>`;
  return { slug: 'try', title: 'Try it', summary, content: html`${content}`, isWide: true, script: 'try.js' };
}
