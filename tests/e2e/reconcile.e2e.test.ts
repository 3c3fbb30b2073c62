import { execFile } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { aProduct, equation } from '../support/flows.js';
import { sharedApp, sharedRows } from '../support/shared.js';

const app = await sharedApp();
const rows = await sharedRows(app);

/** The command, as an operator runs it, against the databases of the app. */
function reconcile(...options: string[]): Promise<{ code: number; output: string }> {
  const { databaseUrl, redis } = app.config.connections;
  const env = {
    PATH: process.env['PATH'] ?? '',
    NODE_ENV: 'development',
    DATABASE_URL: databaseUrl,
    HOST_IP: redis.host,
    REDIS_PORT: String(redis.port),
    REDIS_DB: String(redis.db),
  };
  return new Promise((done) => {
    execFile(
      process.execPath,
      ['--import', 'tsx', 'scripts/reconcile.ts', ...options],
      { env },
      (error, stdout, stderr) => {
        const code = typeof error?.code === 'number' ? error.code : 0;
        done({ code, output: `${stdout}${stderr}` });
      },
    );
  });
}

describe('X5: npm run reconcile', () => {
  it('prints what nothing explains and exits with 1, repairs it when told to, and then exits with 0', async () => {
    const [drifting, sound] = [await aProduct(app, { stock: 5 }), await aProduct(app, { stock: 5 })];
    expect((await reconcile()).code).toBe(0);
    await app.redis.set(`stock:${drifting.id}`, '9');
    const looked = await reconcile();
    expect(looked.code).toBe(1);
    expect(looked.output).toMatch(
      new RegExp(`${drifting.id} +unexplained +9 units are available, 5 should be`),
    );
    expect(looked.output).not.toContain(sound.id);
    expect(await app.redis.get(`stock:${drifting.id}`)).toBe('9');

    const repaired = await reconcile('--repair');
    expect([repaired.code, repaired.output]).toEqual([
      0,
      expect.stringContaining('1 products were repaired'),
    ]);
    expect(await equation(app, drifting.id)).toMatchObject({ available: 5 });
  }, 120_000);

  it('leaves on hand alone unless it is told to count it again', async () => {
    const { id } = await aProduct(app, { stock: 5 });
    await rows.set('products', id, { $set: { stock: 6 } });
    expect((await reconcile('--repair')).code).toBe(1);
    expect((await reconcile('--repair', '--rebuild-on-hand')).code).toBe(0);
    expect(await equation(app, id)).toMatchObject({ onHand: 5, available: 5 });
  }, 120_000);

  it('says how it is used', async () => {
    const { code, output } = await reconcile('--rebuild-on-hand');
    expect([code, output]).toEqual([1, expect.stringContaining('Usage: npm run reconcile')]);
  }, 60_000);
});
