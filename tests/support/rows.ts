import { MongoClient, UUID, type Document } from 'mongodb';
import type { TestApp } from './app.js';

type Row = Document & { _id: string };

/** Looks into the database behind the application's back, and leaves in it what only a crash leaves there. */
export type Rows = {
  all(collection: string, filter?: object): Promise<Row[]>;
  one(collection: string, filter: object): Promise<Row>;
  set(collection: string, id: string, update: object): Promise<void>;
  add(collection: string, row: Document & { _id: string }): Promise<void>;
  remove(collection: string, id: string): Promise<void>;
  /** Ends the transactions of sessions (ids in hex) at once, as MongoDB does by itself a minute after their client died. */
  endTransactions(sessions: string[]): Promise<void>;
  close(): Promise<void>;
};

export async function openRows(app: TestApp): Promise<Rows> {
  const client = await MongoClient.connect(app.config.connections.databaseUrl);
  const rows = (name: string) => client.db().collection<Row>(name);
  return {
    all: (collection, filter = {}) => rows(collection).find(filter).toArray(),
    async one(collection, filter) {
      const row = await rows(collection).findOne(filter);
      if (row === null) throw new Error(`no row of ${collection} is ${JSON.stringify(filter)}`);
      return row;
    },
    async set(collection, id, update) {
      await rows(collection).updateOne({ _id: id }, update);
    },
    async add(collection, row) {
      await rows(collection).insertOne(row, { ignoreUndefined: true });
    },
    async remove(collection, id) {
      await rows(collection).deleteOne({ _id: id });
    },
    async endTransactions(sessions) {
      if (sessions.length === 0) return;
      const ids = sessions.map((hex) => ({ id: new UUID(hex) }));
      await client.db('admin').command({ killSessions: ids });
    },
    close: () => client.close(),
  };
}
