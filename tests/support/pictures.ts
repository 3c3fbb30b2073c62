import { deflateSync, crc32 as crcOf } from 'node:zlib';
import sharp from 'sharp';
import type { AdminProduct } from '../../generated/openapi.js';
import { bodyOf } from './bodies.js';
import type { Agent } from './flows.js';

type Wanted = { width?: number; height?: number; colour?: string; exif?: string; orientation?: number };

/** A picture of one colour, with what a camera might write beside it. */
export async function picture(format: 'jpeg' | 'png' | 'webp', wanted: Wanted = {}): Promise<Buffer> {
  const { width = 60, height = 40, colour = '#c08040', exif, orientation } = wanted;
  let made = sharp({ create: { width, height, channels: 3, background: colour } });
  if (exif !== undefined) made = made.withExif({ IFD0: { Copyright: exif } });
  if (orientation !== undefined) made = made.withMetadata({ orientation });
  return made.toFormat(format).toBuffer();
}

/** A true PNG of so many pixels, black, and small as a file. */
export function hugePng(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.writeUInt8(1, 8);
  const rows = deflateSync(Buffer.alloc(height * (1 + Math.ceil(width / 8))));
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crcOf(body));
  return Buffer.concat([length, body, sum]);
}

/** Uploads a file as an image of the product. */
export function upload(
  boss: Agent,
  productId: string,
  file: Buffer | string,
  options: { name?: string; type?: string; alt?: string } = {},
) {
  const { name = 'lamp.png', type, alt } = options;
  const content = Buffer.from(file);
  const call = boss
    .post(`/v1/admin/products/${productId}/images`)
    .attach('image', content, { filename: name, ...(type !== undefined && { contentType: type }) });
  return alt === undefined ? call : call.field('alt', alt);
}

/** So many images of a product, each of another colour. Answers their ids in order. */
export async function withImages(boss: Agent, productId: string, count: number): Promise<string[]> {
  let ids: string[] = [];
  for (let i = 0; i < count; i += 1) {
    const file = await picture('png', { colour: `rgb(${i * 25}, 80, 120)` });
    const answer = await upload(boss, productId, file).expect(201);
    ids = bodyOf<AdminProduct>(answer).images.map(({ id }) => id);
  }
  return ids;
}
