/*
 * `npm run sdk -- typescript python java go csharp php`: makes SDKs of these languages from the published contract, in `.sdk/`. Ends with
 * 1 where one could not be made, saying what is missing.
 */
import { relative } from 'node:path';
import { messageOf } from '../src/platform/errors.js';
import { languages } from './sdk/languages.js';
import { makeSdk } from './sdk/make.js';

const asked = process.argv.slice(2);
const unknown = asked.filter((language) => !(language in languages));
if (asked.length === 0 || unknown.length > 0) {
  if (unknown.length > 0) process.stderr.write(`There is no SDK for ${unknown.join(', ')}.\n`);
  process.stderr.write(`Say which: npm run sdk -- ${Object.keys(languages).join(' ')}\n`);
  process.exit(1);
}
for (const language of asked) {
  try {
    const folder = await makeSdk(language);
    process.stdout.write(`${language}: ${relative('.', folder)}\n`);
  } catch (error) {
    process.stderr.write(`${language}: not made. ${messageOf(error)}\n`);
    process.exitCode = 1;
  }
}
