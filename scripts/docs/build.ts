import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, transformSync } from 'esbuild';
import { loadConfig } from '../../src/platform/config.js';
import { statusOf } from '../../src/platform/errors.js';
import { limitsByName } from '../../src/platform/http/limits.js';
import { objectAt } from '../generate/json.js';
import { readGuides } from './guides.js';
import { makeSite, type Site } from './site.js';

const HOUR_MS = 3_600_000;

/** The documentation from the sources of the project, not yet written anywhere. Throws as `makeSite` does. */
export function siteOf(root: string): Site {
  const read = (file: string): string => readFileSync(join(root, file), 'utf8');
  const { settings } = loadConfig({ NODE_ENV: 'development' });
  return makeSite({
    document: objectAt(JSON.parse(read('generated/openapi.json')), 'the contract'),
    guides: readGuides(join(root, 'docs/guides')),
    errors: read('docs/errors.yaml'),
    statusOf,
    limits: {
      ...limitsByName(settings.rateLimits),
      'new-carts': { perAddress: settings.cart.newPerAddressHourly, windowMs: HOUR_MS },
    },
  });
}

/** Writes the documentation to `dist/docs`, in place of what is there. */
export async function buildDocs(root: string): Promise<void> {
  const { files } = siteOf(root);
  const scripts = await browserScripts(join(root, 'scripts/docs/browser'));
  const out = join(root, 'dist/docs');
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const here = import.meta.dirname;
  const all = new Map([
    ...files,
    ...scripts,
    ['site.css', styleOf(join(here, 'style'))],
    ['icon.svg', readFileSync(join(here, 'style/icon.svg'), 'utf8')],
  ] as const);
  for (const [name, text] of all) writeFileSync(join(out, name), text);
}

/** One bundle for each script that a page may load. What they load in turn is asked from the server. */
async function browserScripts(folder: string): Promise<[name: string, text: string][]> {
  const { outputFiles } = await build({
    entryPoints: ['site', 'search', 'try'].map((name) => join(folder, `${name}.ts`)),
    outdir: folder,
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    target: 'es2022',
    external: ['/docs/*'],
    legalComments: 'none',
  });
  return outputFiles.map(({ path, text }) => [path.slice(folder.length + 1), text]);
}

function styleOf(folder: string): string {
  const sheets = readdirSync(folder)
    .filter((file) => file.endsWith('.css'))
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8'));
  return transformSync(sheets.join('\n'), { loader: 'css', minify: true, target: 'chrome111' }).code;
}
