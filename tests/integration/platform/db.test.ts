import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Schema } from 'mongoose';
import { connectDatabase } from '../../../src/platform/db.js';
import { databaseOf } from '../../../src/platform/db.failures.js';
import { createLog } from '../../../src/platform/log.js';
import { freePort } from '../../../src/sandbox/keeper.js';
import { OWNER, READER, startOddMongo, type OddServer } from '../../support/odd.servers.js';

/** What a start says of this address; what it says when it is well is `well`. */
async function said(url: string): Promise<string> {
  try {
    const db = await connectDatabase({ url, log: createLog({ level: 'silent' }), poolSize: 2 });
    const Rows = db.connection.model('Row', new Schema({ name: { type: String, index: true } }));
    await db
      .createIndexes()
      .then(() => Rows.create({ name: 'one' }))
      .finally(() => db.close());
    return 'well';
  } catch (error) {
    return (error as Error).message;
  }
}

let locked: OddServer;
let alone: OddServer;
beforeAll(async () => {
  [locked, alone] = [await startOddMongo('auth'), await startOddMongo('standalone')];
}, 120_000);
afterAll(async () => {
  await locked.stop();
  await alone.stop();
});

const PASSWORD = encodeURIComponent(OWNER.password);
const at = (who: string, rest = 'authSource=admin') =>
  `mongodb://${who}127.0.0.1:${locked.port}/shop?directConnection=true&${rest}`;

it('a start makes every index of a model, with its options', async () => {
  const url = at(`${OWNER.user}:${PASSWORD}@`);
  const db = await connectDatabase({ url, log: createLog({ level: 'silent' }), poolSize: 2 });
  const schema = new Schema({ name: { type: String, index: true }, sku: String, at: Date });
  schema.index({ sku: 1, at: -1 }, { unique: true, partialFilterExpression: { sku: { $type: 'string' } } });
  schema.index({ at: 1 }, { name: 'forget', expireAfterSeconds: 60 });
  const { collection } = db.connection.model('Indexed', schema);
  try {
    await db.createIndexes();
    // As a process does that starts beside another one, or again.
    await db.createIndexes();
    const made = await collection.indexes();
    expect(made.toSorted((a, b) => String(a.name).localeCompare(String(b.name)))).toMatchObject([
      { name: '_id_' },
      { name: 'forget', key: { at: 1 }, expireAfterSeconds: 60 },
      { name: 'name_1', key: { name: 1 } },
      {
        name: 'sku_1_at_-1',
        key: { sku: 1, at: -1 },
        unique: true,
        partialFilterExpression: { sku: { $type: 'string' } },
      },
    ]);
  } finally {
    await db.close();
  }
});

describe('X3: what MongoDB refuses names DATABASE_URL, and tells no password', () => {
  it('nothing, with the right user', async () => {
    expect(await said(at(`${OWNER.user}:${PASSWORD}@`))).toBe('well');
  });

  it.each([
    ['a wrong password', () => at(`${OWNER.user}:some-secret@`), /does not take the user and password/],
    ['no authSource', () => at(`${OWNER.user}:${PASSWORD}@`, ''), /authSource=admin/],
    ['no user', () => at(''), /asks for a user and a password, and DATABASE_URL has none/],
    [
      'a user with too little',
      () => at(`${READER.user}:${encodeURIComponent(READER.password)}@`),
      /needs the role readWrite/,
    ],
    ['a password as it is', () => at('owner:some-s@cret@'), /written as %40/],
    ['a user as it is', () => at('some-s:ecret:x@'), /written as %40/],
    [
      'an option that there is not',
      () => at(`${OWNER.user}:${PASSWORD}@`, 'replicaset=rs0&nonsense=1'),
      /nonsense/,
    ],
    [
      'a server that stands alone',
      () => `mongodb://127.0.0.1:${alone.port}/shop`,
      /needs? a replica set.*rs\.initiate/,
    ],
    [
      'a server that stands alone, asked for as a replica set',
      () => `mongodb://127.0.0.1:${alone.port}/shop?replicaSet=rs0`,
      /replicaSet=.*rs\.initiate/,
    ],
  ])('%s', async (_, url, words) => {
    const message = await said(url());
    expect(message).toMatch(words);
    expect(message).toContain('DATABASE_URL');
    expect(message).not.toMatch(/secret|s@cret|ecret|owners|readers/);
    expect(message.split('\n')).toHaveLength(1);
  });

  it('a server that is not there', async () => {
    const port = await freePort();
    expect(await said(`mongodb://owner:some-secret@127.0.0.1:${port}/shop`)).toBe(
      `MongoDB (DATABASE_URL: shop at 127.0.0.1:${port}) cannot be reached: connect ECONNREFUSED 127.0.0.1:${port}`,
    );
  });
});

describe('X3: an address, for people', () => {
  it.each([
    ['mongodb://127.0.0.1:27017/shop', 'shop at 127.0.0.1:27017'],
    ['mongodb://me:secret@a:1,b:2,c:3/shop?replicaSet=rs0', 'shop at a:1,b:2,c:3'],
    ['mongodb+srv://me:s%40cret@cluster.example/shop?w=majority', 'shop at cluster.example'],
    ['mongodb://127.0.0.1:1/?directConnection=true', '127.0.0.1:1'],
    ['mongodb://127.0.0.1:1', '127.0.0.1:1'],
    ['mongodb://me:s@cret@host/shop', undefined],
    ['mongodb://me:s/cret@host/shop', undefined],
    ['mongodb://me:s?cret@host/shop', 'shop at host'],
    ['nothing', undefined],
  ])('%s is %s', (url, told) => {
    expect(databaseOf(url)).toBe(told);
  });
});
