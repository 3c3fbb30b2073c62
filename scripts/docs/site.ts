import type { JsonObject } from '../generate/json.js';
import { addressOf, createLinks } from './addresses.js';
import { readContract } from './contract.js';
import { errorsTable, readErrors } from './errors.js';
import type { Guide } from './guides.js';
import { createFrame, type Page } from './layout.js';
import { limitsTable, type Figures } from './limits.js';
import { brokenLinks } from './linkcheck.js';
import { markdown } from './markdown.js';
import {
  guidePage,
  homePage,
  lostPage,
  overviewPage,
  schemasPage,
  tagPage,
  tryPage,
  webhooksPage,
} from './pages.js';
import { createSchemaTree } from './schema.tree.js';
import { searchEntries, searchModule, type Entry } from './search.js';
import { createTexts } from './texts.js';

export type Sources = {
  /** The bundled contract. */
  document: JsonObject;
  guides: readonly Guide[];
  /** The text of `docs/errors.yaml`. */
  errors: string;
  statusOf: Readonly<Record<string, number>>;
  limits: Readonly<Record<string, Figures>>;
};

export type Site = {
  /** What each file holds, by its name. */
  files: ReadonlyMap<string, string>;
  entries: readonly Entry[];
};

const ERRORS = /^<!--\s*errors\s*-->\s*$/m;
/** Made beside the pages, from the sources in this folder. */
export const ASSETS = ['site.css', 'site.js', 'search.js', 'try.js', 'icon.svg'] as const;

/**
 * All pages of the documentation and the index of its search. Throws, with every complaint in one message, on links that lead
 * nowhere; and on error codes without a text.
 */
export function makeSite({ document, guides, errors: errorsYaml, statusOf, limits }: Sources): Site {
  const contract = readContract(document);
  const errors = readErrors(errorsYaml, { codes: contract.errorCodes, statusOf });
  const errorsPage = errorsPageOf(guides);
  const links = createLinks({ contract, guides: guides.map(({ slug }) => slug), errorsPage });
  const texts = createTexts(links);
  const drawing = { links, texts, tree: createSchemaTree(contract, texts) };
  const directives = { errors: errorsTable(errors, texts), limits: limitsTable(contract, limits) };

  const rendered = guides.map((guide) => {
    const source = `docs/guides/${guide.slug}.md`;
    return { guide, ...markdown(guide.text, { links, source, directives }) };
  });
  const introduction = markdown(contract.description, { links, source: 'info.description' });
  const overview = overviewPage(contract, { introduction, limits: directives.limits, drawing });
  const pages: Page[] = [
    homePage(contract, guides, drawing),
    ...rendered.map(({ guide, ...text }) => guidePage(guide, text)),
    overview,
    ...contract.tags.map((tag) => tagPage(tag, drawing)),
    ...(contract.webhooks.length > 0 ? [webhooksPage(contract, drawing)] : []),
    schemasPage(contract, drawing),
    tryPage(),
    lostPage(),
  ];
  refuseSameNames(pages);
  const frame = createFrame({ contract, guides });
  const framed = pages.map((page) => [page.slug, frame(page)] as const);
  refuseBrokenLinks(framed, Object.keys(objectOf(document.paths)));

  const entries = searchEntries({
    contract,
    guides: [...rendered, { guide: overview, sections: introduction.sections }],
    errors,
    errorsPage,
    texts,
  });
  const files = new Map(framed.map(([slug, text]) => [`${slug}.html`, text]));
  return { files: files.set('search-index.js', searchModule(entries)), entries };
}

function objectOf(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {};
}

/** The guide that lists the error codes. Links to codes lead there, so there is exactly one. */
function errorsPageOf(guides: readonly Guide[]): string {
  const [page, ...others] = guides.filter(({ text }) => ERRORS.test(text));
  if (page === undefined || others.length > 0)
    throw new Error(
      'exactly one guide must have the line <!-- errors -->, where the table of all error codes is put',
    );
  return page.slug;
}

function refuseSameNames(pages: readonly Page[]): void {
  const slugs = pages.map(({ slug }) => slug);
  const twice = slugs.filter((slug, at) => slugs.indexOf(slug) !== at);
  if (twice.length > 0) throw new Error(`two pages are called ${twice.join(', ')}: rename the guide`);
}

function refuseBrokenLinks(
  framed: readonly (readonly [slug: string, text: string])[],
  paths: string[],
): void {
  const byAddress = framed.map(
    ([slug, text]) => [slug === 'index' ? addressOf.home : addressOf.page(slug), text] as const,
  );
  const addresses = new Set([...paths, ...ASSETS.map((asset) => addressOf.page(asset))]);
  const broken = brokenLinks(new Map(byAddress), addresses);
  if (broken.length > 0) throw new Error(`links that lead nowhere:\n  ${broken.join('\n  ')}`);
}
