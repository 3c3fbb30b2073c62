import { after, type Clock } from '../../platform/clock.js';
import type { Database } from '../../platform/db.js';
import { AppError, messageOf, notFound, unavailable, versionConflict } from '../../platform/errors.js';
import { newId } from '../../platform/ids.js';
import type { JobReport } from '../../platform/jobs.js';
import type { Log } from '../../platform/log.js';
import { emptyReport, tryOne } from '../../platform/reports.js';
import { inRounds } from '../../platform/rounds.js';
import type { MakePictures, Pictures } from './catalog.pictures.js';
import { inOrder, MOST_IMAGES } from './catalog.rules.js';
import type { Catalog, ProductWithStock, StockPort } from './catalog.service.js';
import type { CatalogStore, Product, ProductImage } from './catalog.store.js';
import type { ImageFile, ImageStore, Rendition } from './images.store.js';

/** Far more than writing the bytes takes. A process that sleeps longer finds that its image was given up. */
const ADDING_MS = 10 * 60_000;
const ROWS_A_PAGE = 100;

/**
 * Images of products. The bytes are there before the product names them, and go after it has ceased to, so that no product
 * ever shows an image that is not there.
 */
export type ProductImages = ReturnType<typeof createProductImages>;

export function createProductImages(deps: {
  db: Pick<Database, 'transaction'>;
  products: Pick<CatalogStore, 'find' | 'addImage' | 'removeImage' | 'orderImages'>;
  catalog: Pick<Catalog, 'getAny' | 'changed'>;
  stock: Pick<StockPort, 'figures'>;
  images: ImageStore;
  makePictures: MakePictures;
  clock: Pick<Clock, 'now'>;
  log: Log;
}) {
  const { db, products, catalog, stock, images, makePictures, clock, log } = deps;

  const existing = async (productId: string): Promise<Product> => {
    const product = await products.find(productId);
    if (product === undefined) throw notFound('The product');
    return product;
  };

  const writeBytes = async (imageId: string, { full, thumbnail }: Pictures): Promise<void> => {
    await images.announce(imageId, after(clock.now(), ADDING_MS));
    await images.write(imageId, 'full', full);
    await images.write(imageId, 'thumbnail', thumbnail);
  };

  const show = (productId: string, image: ProductImage): Promise<Product> =>
    db.transaction(async (session) => {
      const product = await products.addImage(productId, image, clock.now(), session);
      if (product === undefined) throw imagesFull();
      if (!(await images.keep(image.id, session))) throw unavailable('The service');
      return product;
    });

  /** What cannot be deleted now, the sweep deletes. */
  const dropQuietly = (imageId: string): Promise<boolean> =>
    images.drop(imageId, clock.now()).catch((error: unknown) => {
      log.warn({ imageId, error: messageOf(error) }, 'the bytes of an image are left to the sweep');
      return true;
    });

  return {
    /**
     * Adds a picture behind the others. Throws not_found, images_full, and what `makePictures` throws; nothing is stored
     * then.
     */
    async add(
      productId: string,
      { file, alt }: { file: Uint8Array; alt: string },
    ): Promise<ProductWithStock & { imageId: string }> {
      if ((await existing(productId)).images.length >= MOST_IMAGES) throw imagesFull();
      // Asked before anything is stored: an answer without them would make the caller send the picture again.
      const figures = await stock.figures(productId);
      const pictures = await makePictures(file);
      const { width, height } = pictures;
      const image = { id: newId(), alt: alt.trim(), width, height };
      try {
        await writeBytes(image.id, pictures);
        const product = await show(productId, image).finally(catalog.changed);
        return { product, stock: figures, imageId: image.id };
      } catch (error) {
        // A commit whose result is unknown is read back: where there is nothing to drop, it went through.
        if (await dropQuietly(image.id)) throw error;
        const product = await existing(productId);
        if (product.images.every(({ id }) => id !== image.id)) {
          // A sweep gave it up while this process slept; what was written since is in nobody's books.
          await images.erase(image.id);
          throw error;
        }
        return { product, stock: figures, imageId: image.id };
      }
    },

    /** Throws not_found for an image that the product does not have. */
    async remove(productId: string, imageId: string): Promise<void> {
      const removing = db.transaction(async (session) => {
        const at = clock.now();
        if (!(await products.removeImage(productId, imageId, at, session))) throw notFound('The image');
        await images.discard(imageId, at, session);
      });
      await removing.finally(catalog.changed);
      await dropQuietly(imageId);
    },

    /**
     * Shows the images in this order. Throws not_found, or version_conflict where the product has other images than these,
     * or another version than the one given.
     */
    async order(
      productId: string,
      { imageIds, version }: { imageIds: readonly string[]; version?: number | undefined },
    ): Promise<ProductWithStock> {
      const refusal = (): AppError => versionConflict('The product');
      const round = async (): Promise<ProductWithStock | undefined> => {
        const product = await existing(productId);
        if (version !== undefined && product.version !== version) throw refusal();
        const ordered = inOrder(product.images, imageIds);
        if (ordered === undefined) throw refusal();
        const written = await products.orderImages(product, ordered, clock.now()).finally(catalog.changed);
        return written && catalog.getAny(productId);
      };
      return inRounds(round, { refusal });
    },

    /** Throws not_found. */
    async read(imageId: string, rendition: Rendition): Promise<ImageFile> {
      const image = await images.find(imageId, rendition);
      if (image === undefined) throw notFound('The image');
      return image;
    },

    /** Deletes the bytes that no product shows: of uploads that died, and of images that were deleted. */
    async sweep(): Promise<JobReport> {
      const report = emptyReport();
      for (let skip = 0; ;) {
        const page = await images.leftovers(clock.now(), { skip, limit: ROWS_A_PAGE });
        for (const imageId of page) {
          const outcome = await tryOne(report, `image ${imageId}`, () => images.drop(imageId, clock.now()));
          // It stays where it is, and the next page begins behind it.
          if (outcome === 'failed') skip += 1;
        }
        if (page.length < ROWS_A_PAGE) return report;
      }
    },
  };
}

function imagesFull(): AppError {
  return new AppError('images_full', `A product has at most ${MOST_IMAGES} images. Delete one first.`);
}
