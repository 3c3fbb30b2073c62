import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { asApiDocument, type ApiDocument } from './contract.js';

/** The published forms of the contract, read once. */
export type Documents = {
  json: ApiDocument;
  json30: Readonly<Record<string, unknown>>;
  yaml: string;
  /** The pages made by the build, with the policy under which a browser may run them; undefined where none were built. */
  page: { html: string; contentSecurityPolicy: string } | undefined;
};

/** The folder with `package.json` above this file, in the sources as in the build. */
export function projectRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('no package.json above the program');
    folder = parent;
  }
  return folder;
}

/** Reads the contract alone. Throws where it was not generated. */
export function loadContract(root = projectRoot()): ApiDocument {
  return asApiDocument(readJson(join(root, 'generated/openapi.json')));
}

/** Reads all of them. Throws where the contract was not generated; the page may be missing. */
export function loadDocuments(root = projectRoot()): Documents {
  const page = join(root, 'dist/docs.html');
  return {
    json: loadContract(root),
    json30: { ...asObject(readJson(join(root, 'generated/openapi-3.0.json'))) },
    yaml: readFileSync(join(root, 'generated/openapi.yaml'), 'utf8'),
    page: existsSync(page) ? asPage(readFileSync(page, 'utf8')) : undefined,
  };
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}

function asObject(value: unknown): object {
  if (typeof value !== 'object' || value === null) throw new Error('a generated document is not an object');
  return value;
}

/** Exactly the scripts that stand in the page may run; nothing is loaded from elsewhere. */
function asPage(html: string): NonNullable<Documents['page']> {
  const hashes = inlineScripts(html).map(
    (script) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`,
  );
  const policy = {
    'default-src': ["'none'"],
    'script-src': hashes.length === 0 ? ["'none'"] : hashes,
    // The page writes its styles itself, as it is drawn.
    'style-src': ["'unsafe-inline'"],
    'img-src': ["'self'", 'data:'],
    'font-src': ['data:'],
    'connect-src': ["'self'"],
    'worker-src': ['blob:'],
    'base-uri': ["'none'"],
    'form-action': ["'none'"],
    'frame-ancestors': ["'none'"],
  };
  const contentSecurityPolicy = Object.entries(policy)
    .map(([directive, sources]) => `${directive} ${sources.join(' ')}`)
    .join('; ');
  return { html, contentSecurityPolicy };
}

/** The texts of the page's own scripts, as a browser reads (and hashes) them. */
function inlineScripts(html: string): string[] {
  const scripts = html.replaceAll('\r\n', '\n').matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script\s*>/gi);
  return Array.from(scripts, ([, attributes = '', text = '']) => ({ attributes, text }))
    .filter(({ attributes, text }) => !/\bsrc\s*=/i.test(attributes) && text !== '')
    .map(({ text }) => text);
}
