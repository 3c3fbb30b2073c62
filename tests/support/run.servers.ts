import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { RECORDINGS } from '../../scripts/examples/recordings.js';
import { startMongo, startRedis } from '../../src/sandbox/databases.js';

/**
 * One real MongoDB and one real Redis server for the whole run. Test files keep apart by database name and Redis
 * database number (see `support/app.ts`); whoever has to break a server starts one of their own. Answers how to stop.
 */
export async function startServers(): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'holdfast-tests-'));
  const toolsDir = resolve('.sandbox');
  const log = (line: string): boolean => process.stderr.write(`${line}\n`);
  const [mongo, redis] = await Promise.all([
    startMongo({ dataDir: join(dataDir, 'mongo'), toolsDir, durable: false, log }),
    startRedis({ dataDir: join(dataDir, 'redis'), toolsDir, appendOnly: false, log }),
  ]);
  process.env['HOLDFAST_TEST_MONGO_URL'] = mongo.url;
  process.env['HOLDFAST_TEST_REDIS'] = `${redis.host}:${redis.port}`;
  // Which statuses were seen in this run; `tests/contract/coverage.ts` reads it afterwards.
  process.env['HOLDFAST_TEST_SEEN'] ??= resolve('.sandbox/seen-statuses.txt');
  // What was answered in this run; `npm run examples -- --check` reads it afterwards.
  process.env['HOLDFAST_TEST_ANSWERS'] ??= resolve(RECORDINGS);
  await mkdir(toolsDir, { recursive: true });
  await writeFile(process.env['HOLDFAST_TEST_SEEN'], '');
  await writeFile(process.env['HOLDFAST_TEST_ANSWERS'], '');
  return async () => {
    await Promise.all([mongo.stop(), redis.stop()]);
    await rm(dataDir, { recursive: true, force: true });
  };
}
