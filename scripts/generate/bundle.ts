import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { objectAt, type JsonObject } from './json.js';

const run = promisify(execFile);

/** The contract as one document without references to other files, as Redocly bundles it. Throws what Redocly says. */
export async function bundle(root: string): Promise<JsonObject> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-bundle-'));
  try {
    const output = join(folder, 'openapi.json');
    const redocly = join(root, 'node_modules/@redocly/cli/bin/cli.js');
    await run(process.execPath, [redocly, 'bundle', 'openapi/openapi.yaml', '--output', output], {
      cwd: root,
      env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
    });
    const document: unknown = JSON.parse(await readFile(output, 'utf8'));
    return objectAt(document, 'the bundled contract');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
