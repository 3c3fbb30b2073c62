import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import sharp from 'sharp';
import type { AdminProduct, Product } from '../../../generated/openapi.js';
import { bodyOf, codeOf, wrongPlaces } from '../../support/bodies.js';
import { admin, aProduct, figures, PASSWORD } from '../../support/flows.js';
import { until } from '../../support/own.servers.js';
import { hugePng, picture, upload, withImages } from '../../support/pictures.js';
import { tokenOf } from '../../support/samples.js';
import { sharedApp, sharedRows } from '../../support/shared.js';

/** Where the process would write files. */
const scratch = mkdtempSync(join(tmpdir(), 'holdfast-uploads-'));
const usualTmp = process.env['TMPDIR'];

process.env['TMPDIR'] = scratch;
const app = await sharedApp();
const rows = await sharedRows(app);
const boss = await admin(app);
afterAll(async () => {
  expect(readdirSync(scratch)).toEqual([]);
  if (usualTmp === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = usualTmp;
  rmSync(scratch, { recursive: true });
});

const bytesOf = async (url: string): Promise<Buffer> =>
  (await request(app.url).get(url).buffer(true).expect(200)).body as Buffer;

async function stored(): Promise<number[]> {
  const collections = ['images.files', 'images.chunks', 'imageleftovers'];
  return Promise.all(collections.map(async (name) => (await rows.all(name)).length));
}

/** Nothing of a refused upload is kept anywhere. */
async function expectNothingKept(productId: string, work: () => Promise<unknown>): Promise<void> {
  const before = await stored();
  await work();
  expect(await stored()).toEqual(before);
  expect(await figures(app, productId)).toMatchObject({ images: [], version: 1 });
}

describe('201', () => {
  it.each(['jpeg', 'png', 'webp'] as const)('P2 a %s is shown in two sizes, as webp', async (format) => {
    const product = await aProduct(app);
    const file = await picture(format, { width: 3000, height: 1500 });
    const answer = await upload(boss, product.id, file, { alt: ' A lamp ' }).expect(201);
    const { images, version } = bodyOf<AdminProduct>(answer);
    const [image] = images;
    expect(version).toBe(2);
    expect(images).toEqual([
      {
        id: image?.id,
        alt: 'A lamp',
        url: `/v1/images/${image?.id ?? ''}/full`,
        thumbnailUrl: `/v1/images/${image?.id ?? ''}/thumbnail`,
        width: 2000,
        height: 1000,
      },
    ]);
    expect(answer.headers['location']).toBe(image?.url);
    const sizes = await Promise.all(
      [image?.url, image?.thumbnailUrl].map(async (url = '') => sharp(await bytesOf(url)).metadata()),
    );
    expect(sizes).toMatchObject([
      { format: 'webp', width: 2000, height: 1000 },
      { format: 'webp', width: 400, height: 200 },
    ]);
  });

  it('P2 everybody sees the images, in lists too, and a small picture is not blown up', async () => {
    const product = await aProduct(app, { category: 'pictured' });
    await upload(boss, product.id, await picture('png', { width: 60, height: 40 })).expect(201);
    const one = bodyOf<Product>(await request(app.url).get(`/v1/products/${product.id}`).expect(200));
    expect(one.images).toMatchObject([{ alt: '', width: 60, height: 40 }]);
    const list = await request(app.url).get('/v1/products').query({ category: 'pictured' }).expect(200);
    expect(bodyOf<{ data: Product[] }>(list).data).toMatchObject([{ images: one.images }]);
  });

  it('P2 is upright as the camera meant it, and keeps nothing else that the camera wrote', async () => {
    const product = await aProduct(app);
    const file = await picture('jpeg', { width: 60, height: 40, exif: 'Home of Asha', orientation: 6 });
    expect(file.includes('Home of Asha')).toBe(true);
    const answer = await upload(boss, product.id, file).expect(201);
    const [image] = bodyOf<AdminProduct>(answer).images;
    expect(image).toMatchObject({ width: 40, height: 60 });
    const served = await bytesOf(image?.url ?? '');
    const metadata = await sharp(served).metadata();
    expect([served.includes('Home of Asha'), metadata.exif, metadata.orientation]).toEqual([
      false,
      undefined,
      undefined,
    ]);
  });

  it('P2 what stands behind a picture is not served', async () => {
    const product = await aProduct(app);
    const script = '<script>alert(document.cookie)</script>';
    const file = Buffer.concat([await picture('png'), Buffer.from(script)]);
    const answer = await upload(boss, product.id, file, { name: 'lamp.html', type: 'text/html' }).expect(201);
    const [image] = bodyOf<AdminProduct>(answer).images;
    const served = await request(app.url)
      .get(image?.url ?? '')
      .buffer(true);
    expect(served.headers['content-type']).toBe('image/webp');
    expect((served.body as Buffer).includes('script')).toBe(false);
  });

  it.each(['../../x.png', '/etc/passwd', 'a\\..\\b.svg'])(
    'P2 the name %j of a file says nothing',
    async (name) => {
      const product = await aProduct(app);
      await upload(boss, product.id, await picture('png'), { name }).expect(201);
      expect(JSON.stringify(await rows.all('images.files'))).not.toMatch(/x\.png|passwd|svg/);
    },
  );

  it('P2 stands behind the images that are there', async () => {
    const product = await aProduct(app);
    const ids = await withImages(boss, product.id, 3);
    expect((await figures(app, product.id)).images.map(({ id }) => id)).toEqual(ids);
    expect(new Set(ids).size).toBe(3);
  });
});

describe('400', () => {
  it('P2 refuses a form without the file', async () => {
    const product = await aProduct(app);
    const post = () => boss.post(`/v1/admin/products/${product.id}/images`);
    await expectNothingKept(product.id, async () => {
      expect(wrongPlaces(await post().field('alt', 'A lamp').expect(400))).toEqual(['/body/image']);
      expect(wrongPlaces(await post().field('image', 'text').expect(400))).toEqual(['/body/image']);
      expect(wrongPlaces(await post().expect(400))).toEqual(['/body']);
    });
  });

  it('P2 refuses two files, and files and fields that the form does not have', async () => {
    const product = await aProduct(app);
    const file = await picture('png');
    const whole = () => upload(boss, product.id, file);
    await expectNothingKept(product.id, async () => {
      await whole().attach('image', file, 'second.png').expect(400);
      await whole().attach('other', file, 'other.png').expect(400);
      await whole().field('colour', 'red').expect(400);
      await whole().field('alt', 'one').field('alt', 'two').expect(400);
      await whole().field('alt[x]', 'one').expect(400);
      await whole().field('__proto__', 'one').expect(400);
      await whole().field('alt', 'x'.repeat(301)).expect(400);
      await whole().field('alt', 'x'.repeat(20_000)).expect(400);
      await whole().field('n'.repeat(80), 'x').expect(400);
      await whole().query({ colour: 'red' }).expect(400);
    });
  });

  it('P2 refuses an empty file and a damaged picture', async () => {
    const product = await aProduct(app);
    const whole = await picture('jpeg', { width: 800, height: 800 });
    await expectNothingKept(product.id, async () => {
      for (const file of [Buffer.alloc(0), whole.subarray(0, whole.length / 2), whole.subarray(0, 20)]) {
        expect(wrongPlaces(await upload(boss, product.id, file).expect(400))).toEqual(['/body/image']);
      }
      const broken = Buffer.concat([(await picture('png')).subarray(0, 8), randomBytes(500)]);
      expect(wrongPlaces(await upload(boss, product.id, broken).expect(400))).toEqual(['/body/image']);
    });
  });

  it('P2 refuses 20,000 by 20,000 pixels in a small file, without decoding them', async () => {
    const product = await aProduct(app);
    const file = hugePng(20_000, 20_000);
    expect(file.length).toBeLessThan(100_000);
    await expectNothingKept(product.id, async () => {
      const started = performance.now();
      const answer = await upload(boss, product.id, file).expect(400);
      expect(answer.body).toMatchObject({ message: expect.stringContaining('million pixels') });
      expect(performance.now() - started).toBeLessThan(2_000);
    });
  });

  it('P2 refuses a form that breaks off', async () => {
    const product = await aProduct(app);
    const post = (text: string, type = 'multipart/form-data; boundary=x') =>
      boss.post(`/v1/admin/products/${product.id}/images`).set('Content-Type', type).send(text);
    const head = '--x\r\nContent-Disposition: form-data; name="image"; filename="a.png"\r\n\r\n';
    await expectNothingKept(product.id, async () => {
      for (const text of [head, `${head}bytes`, 'no form at all', '--x--']) {
        expect(['malformed_request', 'validation_failed']).toContain(codeOf(await post(text).expect(400)));
      }
      expect(codeOf(await post(`${head}\r\n--x--`, 'multipart/form-data').expect(400))).toBe(
        'malformed_request',
      );
    });
  });

  it('P2 an upload whose sender goes away is forgotten', async () => {
    const product = await aProduct(app);
    const token = await tokenOf(app.url, boss.email, PASSWORD);
    await expectNothingKept(product.id, async () => {
      const { hostname, port } = new URL(app.url);
      const socket = connect(Number(port), hostname);
      const head = [
        `POST /v1/admin/products/${product.id}/images HTTP/1.1`,
        `Host: ${hostname}`,
        `Authorization: Bearer ${token}`,
        'Content-Type: multipart/form-data; boundary=x',
        'Content-Length: 100000',
      ];
      const part = '--x\r\nContent-Disposition: form-data; name="image"; filename="a.png"\r\n\r\n';
      await new Promise<void>((sent) => {
        socket.write(`${head.join('\r\n')}\r\n\r\n${part}${'a'.repeat(5_000)}`, () => sent());
      });
      socket.destroy();
      await until(
        async () => (await request(app.url).get('/health/live')).status,
        (status) => status === 200,
      );
    });
  });
});

describe('404', () => {
  it('P2 tells what does not exist', async () => {
    await upload(boss, 'nothing', await picture('png')).expect(404);
  });
});

describe('409', () => {
  it('P2 a product has at most 8 images, however many come at once', async () => {
    const product = await aProduct(app);
    await withImages(boss, product.id, 5);
    const file = await picture('png');
    const answers = await Promise.all(Array.from({ length: 6 }, () => upload(boss, product.id, file)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 201, 201, 409, 409, 409]);
    for (const answer of answers) if (answer.status === 409) expect(codeOf(answer)).toBe('images_full');
    expect((await figures(app, product.id)).images).toHaveLength(8);
    expect(await rows.all('imageleftovers')).toEqual([]);
    await upload(boss, product.id, file).expect(409);
  });
});

describe('413', () => {
  it('P2 refuses more than 5 MB, announced or found out', async () => {
    const product = await aProduct(app);
    const limit = 5 * 1024 * 1024;
    await expectNothingKept(product.id, async () => {
      for (const size of [limit + 1, limit + 1024 * 1024]) {
        const answer = await upload(boss, product.id, randomBytes(size));
        expect([answer.status, codeOf(answer)]).toEqual([413, 'payload_too_large']);
      }
      // As large as is allowed, so it is looked at.
      await upload(boss, product.id, randomBytes(limit)).expect(415);
    });
  });
});

describe('415', () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
  it.each([
    ['an SVG', svg, 'image/svg+xml'],
    ['HTML named .png', '<!doctype html><script>alert(1)</script>', 'image/png'],
    ['a GIF', 'GIF89a\u0001\u0000\u0001\u0000', 'image/gif'],
    ['a PDF', '%PDF-1.7', 'image/jpeg'],
    ['something else in RIFF', 'RIFF\u0000\u0000\u0000\u0000WAVEfmt ', 'image/webp'],
  ])('P2 refuses %s, whatever it calls itself', async (_, file, type) => {
    const product = await aProduct(app);
    await expectNothingKept(product.id, async () => {
      const answer = await upload(boss, product.id, file, { name: 'lamp.png', type }).expect(415);
      expect(codeOf(answer)).toBe('unsupported_media_type');
    });
  });

  it.each([
    'application/json',
    'image/png',
    'application/x-www-form-urlencoded',
    'multipart/mixed; boundary=x',
  ])('P2 refuses a body of type %s', async (type) => {
    const product = await aProduct(app);
    const answer = await boss
      .post(`/v1/admin/products/${product.id}/images`)
      .set('Content-Type', type)
      .send(type === 'application/json' ? '{}' : 'bytes')
      .expect(415);
    expect(codeOf(answer)).toBe('unsupported_media_type');
  });

  it('P2 refuses a compressed form', async () => {
    const product = await aProduct(app);
    await upload(boss, product.id, await picture('png'))
      .set('Content-Encoding', 'gzip')
      .expect(415);
  });
});
