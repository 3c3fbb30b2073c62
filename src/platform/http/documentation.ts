import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { Request } from 'express';
import { notFound, statusOf, type AppError } from '../errors.js';
import { etagOf, matchesEtag } from './etag.js';
import type { HandlersFor } from './operation.js';

/** A page of the documentation, or a file that the pages are drawn with. */
type Part = Readonly<{
  type: string;
  body: string;
  /** Goes with every answer: what a browser has kept takes the policy of the latest 304. */
  headers: Readonly<Record<string, string>>;
  etag: string;
}>;

/** The documentation as the build made it, by the names of its parts; the first page is called `index`. */
export type Site = ReadonlyMap<string, Part>;

const FIRST_PAGE = 'index';
const PAGE = '.html';
/** What a browser is shown that goes where no page is. It has no address of its own. */
const LOST_PAGE = 'not-found';
/** What says that nothing is at an address, or nothing can be. */
const LOST: ReadonlySet<number> = new Set([400, 404]);

const TYPES: Readonly<Record<string, string>> = {
  [PAGE]: 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
};

/** Pages run what the build made, from this server, and nothing that stands in them. Pictures that are tried come as blobs. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  // No page makes HTML or scripts of text.
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

/** A part changes with a release, all of them at once: a copy is asked for again, and mostly it is still right. */
const CACHING = 'public, no-cache';

/** Reads all parts into memory. Undefined where the build has made none; throws on a file of a kind that is not served. */
export function loadSite(root: string): Site | undefined {
  const folder = join(root, 'dist/docs');
  if (!existsSync(folder)) return undefined;
  return new Map(readdirSync(folder).map((file) => [nameOf(file), partOf(folder, file)]));
}

function nameOf(file: string): string {
  return file.endsWith(PAGE) ? file.slice(0, -PAGE.length) : file;
}

function partOf(folder: string, file: string): Part {
  const type = TYPES[extname(file)];
  if (type === undefined) throw new Error(`the documentation has a file that is not served: ${file}`);
  const body = readFileSync(join(folder, file), 'utf8');
  const etag = etagOf(body);
  const policy = file.endsWith(PAGE) && { 'Content-Security-Policy': POLICY };
  return { type, body, etag, headers: { ETag: etag, 'Cache-Control': CACHING, ...policy } };
}

type DocumentationHandlers = Pick<
  HandlersFor<'system'>,
  'getDocumentation' | 'redirectToDocumentation' | 'getDocumentationPart'
>;

/** The operations that show the documentation. Without a build there is nothing to show, and they say how to make it. */
export function documentationHandlers(site: Site | undefined): DocumentationHandlers {
  const answer = (name: string, known: string | undefined) => {
    if (site === undefined) throw notFound('The documentation (it is made by `npm run build`)');
    const part = name === LOST_PAGE ? undefined : site.get(name);
    if (part === undefined) throw notFound('The page');
    const { type, body, headers, etag } = part;
    if (matchesEtag(known, etag)) return { status: 304 as const, headers };
    return { status: 200 as const, headers: { ...headers, 'Content-Type': type }, body };
  };
  return {
    getDocumentation: async ({ headers }) => answer(FIRST_PAGE, headers['If-None-Match']),
    redirectToDocumentation: async () => ({ status: 308, headers: { Location: '/docs' } }),
    getDocumentationPart: async ({ path, headers }) => answer(path.part, headers['If-None-Match']),
  };
}

/** A page in place of an error that is data. */
export type PageOfError = Readonly<{
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
}>;

/**
 * For people who go to an address of the documentation that does not exist: a page with the search and the way to all others.
 * Programs, which ask for JSON or for anything, have the error as everywhere else.
 */
export function lostPage(
  site: Site | undefined,
): (request: Request, error: AppError) => PageOfError | undefined {
  const page = site?.get(LOST_PAGE);
  return (request, error) => {
    const { path, method } = request.exchange;
    const isHere = /^\/docs(?:\/|$)/.test(path) && (method === 'GET' || method === 'HEAD');
    if (page === undefined || !isHere || !LOST.has(statusOf[error.code])) return undefined;
    if (request.accepts(['json', 'html']) !== 'html') return undefined;
    const headers = {
      'Content-Type': page.type,
      'Content-Security-Policy': POLICY,
      'Cache-Control': 'no-store',
    };
    return { status: 404, headers, body: page.body };
  };
}
