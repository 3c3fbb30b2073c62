import sharp from 'sharp';
import { AppError } from '../../platform/errors.js';
import { createTurns } from '../../platform/turns.js';

/** A picture in the sizes in which it is shown, and the size of the large one in pixels. */
export type Pictures = { full: Uint8Array; thumbnail: Uint8Array; width: number; height: number };

/**
 * Decodes a jpeg, png or webp and encodes it anew, upright, in sRGB, without anything beside the picture. Throws
 * unsupported_media_type for anything else, validation_failed for a picture that is damaged or has too many pixels, and
 * service_unavailable where too many wait already.
 */
export type MakePictures = (file: Uint8Array) => Promise<Pictures>;

const PIXELS = 40_000_000;
const FULL = { side: 2_000, quality: 82 };
const THUMBNAIL = { side: 400, quality: 75 };

/** Decoding takes up to some 150 MB and a thread each, of which passwords and files want some too. */
const TURNS = { atOnce: 2, waiting: 8, waitMs: 2_500, what: 'Reading images' };

export function createPictures(): MakePictures {
  const turns = createTurns(TURNS);
  sharp.concurrency(1);
  sharp.cache(false);
  // Every other format that the library knows is a way in that nobody needs.
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({
    operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'],
  });

  return async (file) => {
    if (file.byteLength === 0) throw unreadable('The file is empty.');
    if (!isPicture(file)) {
      throw new AppError('unsupported_media_type', 'The file must be a jpeg, png or webp picture.');
    }
    return turns(() => encode(file).catch(refuse));
  };
}

async function encode(file: Uint8Array): Promise<Pictures> {
  const { data, info } = await sharp(file, {
    limitInputPixels: PIXELS,
    failOn: 'error',
    sequentialRead: true,
  })
    .autoOrient()
    .resize({ width: FULL.side, height: FULL.side, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  const decoded = sharp(data, { raw: { width, height, channels } });
  const [full, thumbnail] = await Promise.all([
    decoded.clone().webp({ quality: FULL.quality }).toBuffer(),
    decoded
      .clone()
      .resize({ width: THUMBNAIL.side, height: THUMBNAIL.side, fit: 'inside', withoutEnlargement: true })
      .webp({ quality: THUMBNAIL.quality })
      .toBuffer(),
  ]);
  return { full, thumbnail, width, height };
}

/** By the first bytes, which decide what the decoder takes it for; names and headers are the sender's to choose. */
function isPicture(file: Uint8Array): boolean {
  const head = Buffer.from(file.subarray(0, 12)).toString('latin1');
  const isWebp = head.startsWith('RIFF') && head.slice(8) === 'WEBP';
  return head.startsWith('\xff\xd8\xff') || head.startsWith('\x89PNG\r\n\x1a\n') || isWebp;
}

function refuse(error: unknown): never {
  if (error instanceof Error && error.message.includes('pixel limit')) {
    throw unreadable(`The picture has more than ${PIXELS / 1_000_000} million pixels.`, error);
  }
  throw unreadable('The picture cannot be read.', error);
}

function unreadable(message: string, cause?: unknown): AppError {
  const errors = [{ path: '/body/image', code: 'image', message }];
  return new AppError('validation_failed', message, { errors, cause });
}
