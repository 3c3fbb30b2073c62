import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { asApiDocument, type ApiDocument } from './contract.js';
import { loadSite, type Site } from './documentation.js';

/** The published forms of the contract, read once. */
export type Documents = {
  json: ApiDocument;
  json30: Readonly<Record<string, unknown>>;
  yaml: string;
  /** The pages made by the build; undefined where none were made. */
  site: Site | undefined;
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

/** Reads all of them. Throws where the contract was not generated; the pages may be missing. */
export function loadDocuments(root = projectRoot()): Documents {
  return {
    json: loadContract(root),
    json30: { ...asObject(readJson(join(root, 'generated/openapi-3.0.json'))) },
    yaml: readFileSync(join(root, 'generated/openapi.yaml'), 'utf8'),
    site: loadSite(root),
  };
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}

function asObject(value: unknown): object {
  if (typeof value !== 'object' || value === null) throw new Error('a generated document is not an object');
  return value;
}
