import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { objectAt, textAt, type JsonObject } from '../generate/json.js';
import { languages } from './languages.js';

/** Where SDKs are made, each in a folder of its language. */
export const SDKS = resolve('.sdk');

/**
 * Makes the SDK of a language anew from the published contract, and answers its folder. Throws MissingTool where the machine
 * lacks what it takes.
 */
export async function makeSdk(language: string): Promise<string> {
  const make = languages[language];
  if (make === undefined)
    throw new Error(`there is no SDK for ${language}; there is ${Object.keys(languages).join(', ')}`);
  const making = join(SDKS, `.making-${language}`);
  rmSync(making, { recursive: true, force: true });
  mkdirSync(join(making, ...(language === 'typescript' ? ['src'] : [])), { recursive: true });
  const contract = brief('openapi.json');
  const info = objectAt(objectAt(JSON.parse(readFileSync(contract, 'utf8')), contract).info, 'info');
  await make({
    contract,
    twin: brief('openapi-3.0.json'),
    version: textAt(info.version, 'info.version'),
    folder: making,
  });
  // The last one is kept until the new one is whole.
  const folder = join(SDKS, language);
  rmSync(folder, { recursive: true, force: true });
  renameSync(making, folder);
  return folder;
}

/** The published document with its first paragraph only as description: generators repeat it in every file. */
function brief(name: string): string {
  const document = objectAt(JSON.parse(readFileSync(join('generated', name), 'utf8')), name);
  const info = objectAt(document.info, 'info');
  const [description = ''] = textAt(info.description, 'info.description').split('\n\n');
  const shortened: JsonObject = { ...document, info: { ...info, description } };
  const file = join(SDKS, name);
  writeFileSync(file, JSON.stringify(shortened));
  return file;
}
