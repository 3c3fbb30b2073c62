import { Schema } from 'mongoose';
import { duplicateKey, type Database } from '../../platform/db.js';
import type { EpochOf } from '../../platform/redis.js';

const epochSchema = new Schema(
  { _id: { type: String, required: true }, epoch: { type: Number, required: true } },
  { strict: 'throw', versionKey: false, collection: 'redisepochs' },
);
epochSchema.index({ epoch: 1 }, { unique: true });

/**
 * Numbers the incarnations of Redis in MongoDB. A product that was loaded under an older number counts as not loaded,
 * since a Redis that restarted or failed over may have forgotten its last second.
 */
export function createEpochs(db: Database): EpochOf {
  const Epoch = db.connection.model('RedisEpoch', epochSchema);

  const known = async (incarnation: string): Promise<number | undefined> =>
    (await Epoch.findById(incarnation).lean())?.epoch;

  return async (incarnation) => {
    for (let round = 1; ; round += 1) {
      const epoch = await known(incarnation);
      if (epoch !== undefined) return epoch;
      const newest = await Epoch.findOne().sort({ epoch: -1 }).lean();
      try {
        await Epoch.create({ _id: incarnation, epoch: (newest?.epoch ?? 0) + 1 });
      } catch (error) {
        // Another process numbered this incarnation, or another one took the number: read again.
        if (duplicateKey(error) === undefined || round === 20) throw error;
      }
    }
  };
}
