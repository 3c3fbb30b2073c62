import mongoose, { type ClientSession, type Connection, type Schema } from 'mongoose';
import { offsetAfter, type MeasuredOffset } from './clock.js';
import { databaseOf, whyNoDatabase, whyNotAllowed } from './db.failures.js';
import { messageOf, unavailable } from './errors.js';
import type { Log } from './log.js';

export type Session = ClientSession;

export type Database = {
  readonly connection: Connection;
  /**
   * Runs `work` in a transaction and commits it. `work` may run several times, so it must do nothing but write through
   * the session. A commit whose result is unknown is thrown as unavailable: who needs to know reads back.
   */
  transaction<T>(work: (session: Session) => Promise<T>): Promise<T>;
  /** Runs `read` on one snapshot of the database. */
  snapshot<T>(read: (session: Session) => Promise<T>): Promise<T>;
  /** Creates every index of every model that the stores have registered. Throws where the user of the address may not. */
  createIndexes(): Promise<void>;
  /** How far the database's clock is ahead of this process's, ms; measured at start and once a minute. */
  clockOffset(): number;
  /** Why nothing can be written now; undefined where it can. Throws where the database does not answer. */
  trouble(): Promise<'no_primary' | undefined>;
  close(): Promise<void>;
};

/** Nothing waits longer for an answer of the database, so that a caller gets a 503 within 5 s. */
const ANSWER_MS = 3_500;
const CLOCK_CHECK_MS = 60_000;

mongoose.set('strictQuery', 'throw');

/**
 * Connects; throws where the server is away, or stands alone (transactions need a replica set).
 * The connection heals itself afterwards; while it is away, calls fail within a few seconds.
 */
export async function connectDatabase(options: {
  url: string;
  log: Log;
  poolSize?: number;
}): Promise<Database> {
  const { url, log } = options;
  const connection = openConnection(url, options.poolSize ?? 20);
  connection.on('error', (error: unknown) => log.error({ error: messageOf(error) }, 'database connection'));
  await connection.asPromise().catch((error: unknown) => {
    throw new Error(whyNoDatabase(error, url), { cause: error });
  });
  await refuseStandalone(connection, url);

  let offset = await measureOffset(connection);
  const timer = setInterval(() => {
    measureOffset(connection).then(
      (measured) => (offset = offsetAfter(offset, measured)),
      (error: unknown) =>
        log.warn({ error: messageOf(error) }, 'the clock of the database could not be read'),
    );
  }, CLOCK_CHECK_MS);
  timer.unref();

  return {
    connection,
    async transaction<T>(work: (session: Session) => Promise<T>): Promise<T> {
      const session = await connection.startSession();
      try {
        const started = performance.now();
        const bounded = async (): Promise<T> => {
          // The driver would try again for two minutes where a dead process left its locks behind.
          if (performance.now() - started > ANSWER_MS) throw unavailable('The database');
          return work(session);
        };
        return await session.withTransaction(bounded, {
          readConcern: { level: 'snapshot' },
          writeConcern: { w: 'majority' },
        });
      } finally {
        await session.endSession();
      }
    },
    async snapshot(read) {
      const session = await connection.startSession({ snapshot: true });
      try {
        return await read(session);
      } finally {
        await session.endSession();
      }
    },
    async createIndexes() {
      for (const model of Object.values(connection.models)) {
        const indexes = indexesOf(model.schema);
        if (indexes.length === 0) continue;
        // One command for all of them, where Mongoose sends one for each and a start waits for each.
        const command = { createIndexes: model.collection.collectionName, indexes };
        await connection
          .getClient()
          .db()
          .command(command)
          .catch((error: unknown) => {
            const why = whyNotAllowed(error);
            throw why === undefined ? error : new Error(why, { cause: error });
          });
      }
    },
    clockOffset: () => offset.offsetMs,
    async trouble() {
      // Whoever is there is asked: waiting for a primary would take longer than a probe does.
      const hello = await helloFrom(connection, 'primaryPreferred');
      return hello['isWritablePrimary'] === true ? undefined : 'no_primary';
    },
    async close() {
      clearInterval(timer);
      await connection.close();
    },
  };
}

/** As the command takes them; those without a name have the one that every driver gives them. */
function indexesOf(schema: Schema): object[] {
  return schema
    .indexes()
    .map(([key, options]) => ({ key, name: Object.entries(key).flat().join('_'), ...options }));
}

/** A text that is no address makes the driver throw at once. */
function openConnection(url: string, poolSize: number): Connection {
  try {
    return mongoose.createConnection(url, {
      serverSelectionTimeoutMS: ANSWER_MS,
      connectTimeoutMS: ANSWER_MS,
      socketTimeoutMS: ANSWER_MS,
      waitQueueTimeoutMS: ANSWER_MS,
      maxPoolSize: poolSize,
      heartbeatFrequencyMS: 2_000,
      autoIndex: false,
      autoCreate: false,
      bufferCommands: false,
      sanitizeFilter: false,
    });
  } catch (error) {
    throw new Error(whyNoDatabase(error, url), { cause: error });
  }
}

/** What a server says of itself and of its place among the others. */
function helloFrom(connection: Connection, readPreference: 'primary' | 'primaryPreferred' = 'primary') {
  return connection.getClient().db().admin().command({ hello: 1 }, { readPreference });
}

async function refuseStandalone(connection: Connection, url: string): Promise<void> {
  const hello = await helloFrom(connection);
  if (hello['setName'] !== undefined || hello['msg'] === 'isdbgrid') return;
  await connection.close();
  throw new Error(
    `The MongoDB server (DATABASE_URL: ${databaseOf(url) ?? 'unreadable'}) stands alone, but transactions need a replica set. ` +
      'Start it with `mongod --replSet rs0` and run `mongosh --eval "rs.initiate()"` once.',
  );
}

/** The middle of the round trip is taken as the moment at which the server read its clock. */
async function measureOffset(connection: Connection): Promise<MeasuredOffset> {
  const asked = Date.now();
  const hello = await helloFrom(connection);
  const answered = Date.now();
  const there: unknown = hello['localTime'];
  const offsetMs = there instanceof Date ? Math.round(there.getTime() - (asked + answered) / 2) : 0;
  // Both clocks are read in whole milliseconds.
  return { offsetMs, eitherWayMs: (answered - asked) / 2 + 1 };
}

const TROUBLE =
  /^Mongo(Network|ServerSelection|NotConnected|PoolCleared|PoolClosed|WaitQueue|TopologyClosed|OperationTimeout|ServerClosed|Expired|ClientClosed).*/;

/**
 * What a server says that is no primary (any more), shuts down, or has lost the others: a matter of seconds until another one is
 * elected. The driver marks only some of them, for writes outside of transactions, and for reads none.
 */
const AWAY: ReadonlySet<number | string | undefined> = new Set([
  6, 7, 89, 91, 134, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436,
]);

/** Whether an error says that the database is away, slow or could not settle a transaction: the request may be repeated. */
export function isDatabaseTrouble(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // Not each of the driver's kinds of this one has a name of that form.
  if (error instanceof mongoose.mongo.MongoNetworkError) return true;
  if (error instanceof mongoose.mongo.MongoServerError && AWAY.has(error.code)) return true;
  if (TROUBLE.test(error.name) || /before initial connection|disconnected/.test(error.message)) return true;
  // `insertMany` is a bulk write, whose error wraps the one of the connection.
  if (error instanceof mongoose.mongo.MongoServerError && error.errorResponse instanceof Error) {
    return isDatabaseTrouble(error.errorResponse);
  }
  return (
    error instanceof mongoose.mongo.MongoError &&
    ['TransientTransactionError', 'UnknownTransactionCommitResult', 'RetryableWriteError'].some((label) =>
      error.hasErrorLabel(label),
    )
  );
}

/** The index that a write would have violated, as its key's field names; undefined for any other error. */
export function duplicateKey(error: unknown): readonly string[] | undefined {
  if (!(error instanceof mongoose.mongo.MongoServerError) || error.code !== 11_000) return undefined;
  const pattern: unknown = error['keyPattern'];
  return typeof pattern === 'object' && pattern !== null ? Object.keys(pattern) : [];
}

/** What of a Mongoose model is needed to count its rows. */
type Countable<Filter> = {
  estimatedDocumentCount(): { exec(): Promise<number> };
  countDocuments(filter: Filter, options: { limit: number }): { exec(): Promise<number> };
};

/**
 * How many rows match, `atMost` so many. Where everything does, the collection's own count is asked: counting would walk
 * through all of it.
 */
export async function countRows<Filter extends object>(
  rows: Countable<Filter>,
  filter: Filter,
  atMost: number,
): Promise<number> {
  if (Object.keys(filter).length > 0) return rows.countDocuments(filter, { limit: atMost }).exec();
  return Math.min(await rows.estimatedDocumentCount().exec(), atMost);
}
