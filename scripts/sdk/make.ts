import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { objectAt, textAt, type JsonObject } from '../generate/json.js';
import { languages } from './languages.js';
import { publisherOf } from './publisher.js';

/** Where SDKs are made, each in a folder of its language. */
export const SDKS = resolve('.sdk');

/**
 * Makes the SDK of a language anew from the published contract, and answers its folder. Throws MissingTool where the machine
 * lacks what it takes; then, as after any failure, the last one is still there.
 */
export async function makeSdk(language: string, root = SDKS): Promise<string> {
  const make = languages[language];
  if (make === undefined)
    throw new Error(`there is no SDK for ${language}; there is ${Object.keys(languages).join(', ')}`);
  mkdirSync(root, { recursive: true });
  removeLeftovers(root);
  const bench = join(root, `${MAKING}${language}-${process.pid}`);
  const making = join(bench, 'sdk');
  rmSync(bench, { recursive: true, force: true });
  mkdirSync(join(making, ...(language === 'typescript' ? ['src'] : [])), { recursive: true });
  try {
    const info = objectAt(published('openapi.json').info, 'info');
    const publisher = publisherOf(info);
    await make({
      contract: brief('openapi.json', bench, publisher.summary),
      twin: brief('openapi-3.0.json', bench, publisher.summary),
      version: textAt(info.version, 'info.version'),
      publisher,
      bench,
      folder: making,
    });
    const folder = join(root, language);
    rmSync(folder, { recursive: true, force: true });
    renameSync(making, folder);
    return folder;
  } finally {
    rmSync(bench, { recursive: true, force: true });
  }
}

const MAKING = '.making-';

/** A process that was cut off leaves what it was making; one that still runs is not disturbed. */
function removeLeftovers(root: string): void {
  for (const name of readdirSync(root)) {
    if (!name.startsWith(MAKING)) continue;
    const pid = Number(/-(\d+)$/.exec(name)?.[1] ?? 0);
    if (pid === 0 || !isRunning(pid)) rmSync(join(root, name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // It runs, and is somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** The published document with one line as its description: generators repeat it in every file. */
function brief(name: string, folder: string, summary: string): string {
  const document = published(name);
  const info = objectAt(document.info, 'info');
  const shortened: JsonObject = { ...document, info: { ...info, description: summary } };
  const file = join(folder, name);
  writeFileSync(file, JSON.stringify(shortened));
  return file;
}

function published(name: string): JsonObject {
  return objectAt(JSON.parse(readFileSync(join('generated', name), 'utf8')), name);
}
