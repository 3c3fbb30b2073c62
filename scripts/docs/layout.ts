import { addressOf } from './addresses.js';
import type { Contract, Tag } from './contract.js';
import { audienceGroups, type Guide } from './guides.js';
import { html, type Content, type Html } from './html.js';
import type { Heading } from './markdown.js';

/** A page before its frame is put around it. */
export type Page = {
  /** The last part of its address; `index` is the first page. */
  slug: string;
  title: string;
  summary: string;
  content: Html;
  /** What the contents list at the side shows. */
  headings?: readonly Heading[];
  /** Without the list at the side the content takes its place. */
  isWide?: boolean;
  /** A script of the page's own, beside the one that all have. */
  script?: string;
};

export type Frame = (page: Page) => string;

/** The frame of all pages: the head with the search, the way to every page at the side, the content. */
export function createFrame({ contract, guides }: { contract: Contract; guides: readonly Guide[] }): Frame {
  return (page) => {
    const isHome = page.slug === 'index';
    const title = isHome ? `${contract.title}: ${page.title}` : `${page.title} · ${contract.title}`;
    const shell = html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>${title}</title>
          <meta name="description" content="${page.summary}" />
          <meta name="color-scheme" content="light dark" />
          <link rel="icon" href="/docs/icon.svg" type="image/svg+xml" />
          <link rel="stylesheet" href="/docs/site.css" />
          <script type="module" src="/docs/site.js"></script>
          ${page.script !== undefined && html`<script type="module" src="/docs/${page.script}"></script>`}
        </head>
        <body>
          <a class="skip" href="#content">To the content</a>
          ${header(contract, page.slug)}
          <div class="frame${page.isWide === true ? ' is-wide' : ''}">
            <nav class="side" aria-label="Pages">
              <details class="menu">
                <summary>All pages</summary>
                ${sideLinks(contract, guides, page.slug)}
              </details>
              <div class="always">${sideLinks(contract, guides, page.slug)}</div>
            </nav>
            <main id="content" tabindex="-1">${page.content}</main>
            ${page.isWide !== true && contentsList(page.headings ?? [])}
          </div>
        </body>
      </html> `;
    return shell.text;
  };
}

function header({ title, version }: Contract, slug: string): Html {
  const link = (target: string, text: string) =>
    html`<a href="${addressOf.page(target)}" ${slug === target && html` aria-current="page"`}>${text}</a>`;
  return html`<header class="top">
    <a class="brand" href="${addressOf.home}"
      ><img src="/docs/icon.svg" alt="" width="22" height="22" />${title}
      <span class="version">${version}</span></a
    >
    <search class="search">
      <input
        type="search"
        id="search"
        placeholder="Search"
        aria-label="Search the documentation"
        autocomplete="off"
        spellcheck="false"
        role="combobox"
        aria-expanded="false"
        aria-controls="search-results"
        aria-autocomplete="list"
      />
      <kbd aria-hidden="true">/</kbd>
      <div id="search-results" role="listbox" aria-label="Results" hidden></div>
      <p id="search-status" class="unseen" role="status" aria-live="polite"></p>
    </search>
    <nav class="quick" aria-label="Parts">
      ${link('reference', 'Reference')}${link('schemas', 'Schemas')}${link('try', 'Try it')}
    </nav>
  </header>`;
}

function sideLinks({ tags, webhooks }: Contract, guides: readonly Guide[], slug: string): Html {
  const link = (target: string, text: Content) =>
    html`<li>
      <a href="${addressOf.page(target)}" ${slug === target && html` aria-current="page"`}>${text}</a>
    </li>`;
  const tagLink = (tag: Tag) => {
    const isHere = slug === `reference-${tag.name}`;
    const inside = html`<ul class="inside">
      ${tag.operations.map(({ id, summary }) => html`<li><a href="#${id}">${summary}</a></li>`)}
    </ul>`;
    return html`<li>
      <a href="${addressOf.tag(tag.name)}" ${isHere && html` aria-current="page"`}>${titleOf(tag.name)}</a
      >${isHere && inside}
    </li>`;
  };
  return html`${audienceGroups(guides).map(
      ({ title, guides: members }) =>
        html`<p class="group">${title}</p>
          <ul>
            ${members.map((guide) => link(guide.slug, guide.title))}
          </ul>`,
    )}
    <p class="group">Reference</p>
    <ul>
      ${link('reference', 'Overview')}${tags.map(tagLink)}${webhooks.length > 0 && link('webhooks', 'Webhooks')}${link('schemas', 'Schemas')}${link('try', 'Try it')}
    </ul>`;
}

function contentsList(headings: readonly Heading[]): Content {
  const shown = headings.filter(({ depth }) => depth === 2 || depth === 3);
  if (shown.length < 2) return undefined;
  return html`<nav class="contents" aria-label="On this page">
    <p class="group">On this page</p>
    <ul>
      ${shown.map(
        ({ id, depth, text }) => html`<li class="depth-${depth}"><a href="#${id}">${text}</a></li>`,
      )}
    </ul>
  </nav>`;
}

/** The name of a tag as a heading. */
export function titleOf(tag: string): string {
  return tag.charAt(0).toUpperCase() + tag.slice(1);
}
