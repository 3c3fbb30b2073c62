import { fileURLToPath } from 'node:url';
import { generate, stale, write } from './generate/files.js';

/*
 * Makes everything in `generated/` from the contract. With `--check` it writes nothing: it says which files are not what the
 * contract gives, and ends with 1.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const folder = fileURLToPath(new URL('../generated', import.meta.url));
const files = await generate(root);

if (process.argv.includes('--check')) {
  const names = await stale(folder, files);
  for (const name of names) console.error(`generated/${name} does not follow from openapi/openapi.yaml`);
  if (names.length > 0) {
    console.error('Run `npm run generate`, and delete what it does not write.');
    process.exitCode = 1;
  }
} else {
  const names = await write(folder, files);
  console.log(names.length === 0 ? 'generated/ is up to date' : `written: ${names.join(', ')}`);
}
