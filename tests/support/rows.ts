import { MongoClient, type Document } from 'mongodb';
import type { TestApp } from './app.js';

type Row = Document & { _id: string };

/** Looks into the database behind the application's back, and leaves in it what only a crash leaves there. */
export type Rows = {
  all(collection: string, filter?: object): Promise<Row[]>;
  one(collection: string, filter: object): Promise<Row>;
  set(collection: string, id: string, update: object): Promise<void>;
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
    close: () => client.close(),
  };
}
