import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { RECORDINGS } from '../../scripts/examples/recordings.js';
import { startMongo, startRedis } from '../../src/sandbox/databases.js';

/**
 * Real servers for the whole run: a MongoDB for each of so many jest workers, since a worker keeps one of them busy, and one
 * Redis. Test files keep apart by database name and Redis database number (see `support/app.ts`); whoever has to break a
 * server starts one of their own. Answers how to stop.
 */
export async function startServers(workers = 1): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'holdfast-tests-'));
  const toolsDir = resolve('.sandbox');
  const log = (line: string): boolean => process.stderr.write(`${line}\n`);
  const mongoOf = (worker: number) =>
    startMongo({ dataDir: join(dataDir, `mongo-${worker}`), toolsDir, durable: false, log });
  const [redis, ...mongos] = await Promise.all([
    startRedis({ dataDir: join(dataDir, 'redis'), toolsDir, appendOnly: false, log }),
    ...Array.from({ length: workers }, (_, i) => mongoOf(i + 1)),
  ]);
  process.env['HOLDFAST_TEST_MONGO_URLS'] = mongos.map(({ url }) => url).join(' ');
  process.env['HOLDFAST_TEST_REDIS'] = `${redis.host}:${redis.port}`;
  // Which statuses were seen in this run; `tests/contract/coverage.ts` reads it afterwards.
  process.env['HOLDFAST_TEST_SEEN'] ??= resolve('.sandbox/seen-statuses.txt');
  // What was answered in this run; `npm run examples -- --check` reads it afterwards.
  process.env['HOLDFAST_TEST_ANSWERS'] ??= resolve(RECORDINGS);
  await mkdir(toolsDir, { recursive: true });
  await writeFile(process.env['HOLDFAST_TEST_SEEN'], '');
  await writeFile(process.env['HOLDFAST_TEST_ANSWERS'], '');
  return async () => {
    await Promise.all([redis, ...mongos].map((server) => server.stop()));
    await rm(dataDir, { recursive: true, force: true });
  };
}
