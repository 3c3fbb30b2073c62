import { setTimeout as delay } from 'node:timers/promises';

import { MongoClient, MongoServerError, type Db } from 'mongodb';

const REPLICA_SET = 'holdfast';
const PRIMARY_MS = 20_000;

/** What a real `mongod` needs to be a member of our one-member replica set. */
export const REPLICA_SET_ARGUMENTS = ['--replSet', REPLICA_SET];

/** Makes a fresh `mongod` a replica set of one, or tells an older one its new port. */
export async function formReplicaSet(url: string, host: string): Promise<void> {
  await withAdmin(url, (admin) => initiate(admin, host));
}

/** Resolves once the server takes writes; throws when it does not within 20 seconds. */
export async function untilPrimary(url: string): Promise<void> {
  await withAdmin(url, async (admin) => {
    const giveUpAt = performance.now() + PRIMARY_MS;
    while ((await admin.command({ hello: 1 })).isWritablePrimary !== true) {
      if (performance.now() > giveUpAt) throw new Error('MongoDB did not become primary.');
      await delay(20);
    }
  });
}

async function withAdmin(url: string, use: (admin: Db) => Promise<void>): Promise<void> {
  const client = new MongoClient(url, { serverSelectionTimeoutMS: PRIMARY_MS });
  try {
    await use(client.db('admin'));
  } finally {
    await client.close();
  }
}

interface SetConfiguration {
  version: number;
  members: { host: string }[];
}

/** The set's configuration is kept with the data and names the port, so it has to follow a change of port. */
async function initiate(admin: Db, host: string): Promise<void> {
  try {
    await admin.command({ replSetInitiate: { _id: REPLICA_SET, members: [{ _id: 0, host }] } });
  } catch (error) {
    if (!(error instanceof MongoServerError && error.codeName === 'AlreadyInitialized')) throw error;
    // The driver types no command's answer.
    const { config } = (await admin.command({ replSetGetConfig: 1 })) as unknown as {
      config: SetConfiguration;
    };
    if (config.members.every((member) => member.host === host)) return;
    const members = config.members.map((member) => ({ ...member, host }));
    await admin.command({
      replSetReconfig: { ...config, version: config.version + 1, members },
      force: true,
    });
  }
}
