import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import mongoose, { Schema } from 'mongoose';
import { notFound } from '../../platform/errors.js';
import { derivedId } from '../../platform/ids.js';
import type { Database, Session } from '../../platform/db.js';

export type Rendition = 'full' | 'thumbnail';

/** A rendition as it is served. `etag` is quoted, and the same for the same bytes alone. */
export type ImageFile = { etag: string; bytes: () => Promise<Uint8Array> };

/**
 * Bytes that no product may be showing: `open` while an image is being added, `dropping` once they are to be deleted. A
 * row is there before the bytes and goes after them, so that what a crash leaves is found without looking at every file.
 */
type LeftoverRow = { _id: string; state: 'open' | 'dropping'; until: Date };

const leftoverSchema = new Schema<LeftoverRow>(
  {
    _id: { type: String, required: true },
    state: { type: String, required: true, enum: ['open', 'dropping'] },
    until: { type: Date, required: true },
  },
  { strict: 'throw', versionKey: false, collection: 'imageleftovers' },
);
leftoverSchema.index({ until: 1, _id: 1 });

type FileId = InstanceType<typeof mongoose.mongo.ObjectId>;

/** Known before a byte is written, so that also what a broken write leaves is found. */
function fileId(imageId: string, rendition: Rendition): FileId {
  return mongoose.mongo.ObjectId.createFromHexString(derivedId('image', imageId, rendition).slice(0, 24));
}

const RENDITIONS: readonly Rendition[] = ['full', 'thumbnail'];

/** The bytes of images, in GridFS of the same database, so that a process keeps nothing. */
export type ImageStore = ReturnType<typeof createImageStore>;

export function createImageStore(db: Database) {
  const Row = db.connection.model('ImageLeftover', leftoverSchema);
  const { db: database } = db.connection;
  if (database === undefined) throw new Error('images need a connected database');
  const bucket = new mongoose.mongo.GridFSBucket(database, { bucketName: 'images' });
  const files = database.collection<{ metadata?: { etag?: string } }>('images.files');
  const chunks = database.collection('images.chunks');

  return {
    /** Announces an image whose bytes are about to be written. After `until` a sweep may delete them. */
    async announce(imageId: string, until: Date): Promise<void> {
      await Row.create({ _id: imageId, state: 'open', until });
    },

    /** Takes the announcement back, with the write that shows the image. False where the bytes are being deleted. */
    async keep(imageId: string, session: Session): Promise<boolean> {
      return (await Row.deleteOne({ _id: imageId, state: 'open' }, { session })).deletedCount > 0;
    },

    /** Says that the bytes are to be deleted, with the write that hides the image. */
    async discard(imageId: string, at: Date, session: Session): Promise<void> {
      await Row.insertMany([{ _id: imageId, state: 'dropping', until: at }], { session });
    },

    /** Ids of what was to be settled before `before`, `limit` of them after the first `skip`. */
    async leftovers(before: Date, { skip, limit }: { skip: number; limit: number }): Promise<string[]> {
      const rows = await Row.find({ until: { $lt: before } }, { _id: 1 })
        .sort({ until: 1, _id: 1 })
        .skip(skip)
        .limit(limit)
        .lean();
      return rows.map((row) => row._id);
    },

    async write(imageId: string, rendition: Rendition, bytes: Uint8Array): Promise<void> {
      const etag = `"${createHash('sha256').update(bytes).digest('hex').slice(0, 32)}"`;
      const target = bucket.openUploadStreamWithId(fileId(imageId, rendition), `${imageId}.webp`, {
        metadata: { etag, rendition },
      });
      await pipeline(Readable.from([bytes]), target);
    },

    async find(imageId: string, rendition: Rendition): Promise<ImageFile | undefined> {
      const id = fileId(imageId, rendition);
      const etag = (await files.findOne({ _id: id }))?.metadata?.etag;
      return etag === undefined ? undefined : { etag, bytes: () => read(id) };
    },

    /** Deletes the bytes, unless a product shows the image by now. Answers whether it was there to be deleted. */
    async drop(imageId: string, at: Date): Promise<boolean> {
      const claimed = await Row.updateOne({ _id: imageId }, { $set: { state: 'dropping', until: at } });
      if (claimed.matchedCount === 0) return false;
      await erase(imageId);
      await Row.deleteOne({ _id: imageId });
      return true;
    },

    /** Deletes the bytes, whatever is said of them: for whoever knows that no product shows the image, and none will. */
    erase,
  };

  async function erase(imageId: string): Promise<void> {
    for (const rendition of RENDITIONS) {
      const id = fileId(imageId, rendition);
      await files.deleteOne({ _id: id });
      await chunks.deleteMany({ files_id: id });
    }
  }

  /** Throws not_found where the file is gone by now. */
  async function read(id: FileId): Promise<Uint8Array> {
    const parts: Buffer[] = [];
    try {
      for await (const part of bucket.openDownloadStream(id)) if (Buffer.isBuffer(part)) parts.push(part);
    } catch (error) {
      const isGone = (await files.findOne({ _id: id }, { projection: { _id: 1 } })) === null;
      throw isGone ? notFound('The image') : error;
    }
    return Buffer.concat(parts);
  }
}
