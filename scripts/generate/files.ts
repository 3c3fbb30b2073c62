import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import openapiTS, { astToString } from 'openapi-typescript';
import ts from 'typescript';
import { stringify } from 'yaml';
import { bundle } from './bundle.js';
import { httpFile } from './httpfile.js';
import type { JsonObject } from './json.js';
import { openApi30 } from './openapi30.js';
import { operationsSource } from './operations.js';
import { postmanCollection } from './postman.js';

const notice = 'Generated from openapi/openapi.yaml by `npm run generate`. Do not edit.';

/** File name in `generated/` -> content. */
export type Files = Map<string, string>;

/** Everything that follows from the contract. The same contract gives the same bytes. */
export async function generate(root: string): Promise<Files> {
  const document = await bundle(root);
  return new Map([
    ['openapi.json', `${JSON.stringify(document, null, 2)}\n`],
    ['openapi.yaml', `# ${notice}\n${stringify(document, { aliasDuplicateObjects: false, lineWidth: 0 })}`],
    ['openapi-3.0.json', `${JSON.stringify(openApi30(document), null, 2)}\n`],
    ['openapi.ts', await typesSource(document)],
    ['operations.ts', operationsSource(document, notice)],
    ['holdfast.http', httpFile(document, notice)],
    ['holdfast.postman.json', `${JSON.stringify(postmanCollection(document, notice), null, 2)}\n`],
  ]);
}

async function typesSource(document: JsonObject): Promise<string> {
  const nodes = await openapiTS(JSON.stringify(document), {
    rootTypes: true,
    rootTypesNoSchemaPrefix: true,
    alphabetize: false,
    silent: true,
    // Files of a form, and pictures in an answer.
    transform: ({ format }) =>
      format === 'binary' ? ts.factory.createTypeReferenceNode('Uint8Array') : undefined,
  });
  return `// ${notice}\n\n${astToString(nodes)}`;
}

/** Writes the files that differ, and only those. Answers their names. */
export async function write(folder: string, files: Files): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const changed = await differing(folder, files);
  await Promise.all(changed.map((name) => writeFile(join(folder, name), files.get(name) ?? '')));
  return changed;
}

/** Names of the files in `folder` that are missing, differ from `files`, or that nothing generates. */
export async function stale(folder: string, files: Files): Promise<string[]> {
  const strangers = (await readdir(folder).catch(() => [])).filter((name) => !files.has(name));
  return [...(await differing(folder, files)), ...strangers];
}

async function differing(folder: string, files: Files): Promise<string[]> {
  const names: string[] = [];
  for (const [name, content] of files) {
    const present = await readFile(join(folder, name), 'utf8').catch(() => undefined);
    if (present !== content) names.push(name);
  }
  return names;
}
