import { Schema } from 'mongoose';
import { countRows, type Database, type Session } from '../../platform/db.js';
import type { Money } from '../../platform/money.js';
import type { PageWindow } from '../../platform/page.js';
import { prefixFilter } from '../../platform/search.js';
import { withoutOuterSpaces } from '../../platform/text.js';
import { createTotals } from '../../platform/totals.js';
import { keysOf, MOST_IMAGES, type Category, type ProductKeys, type ProductText } from './catalog.rules.js';

/** A picture of a product, small enough to stand in its row; `width` and `height` in pixels. The bytes are elsewhere. */
export type ProductImage = { id: string; alt: string; width: number; height: number };

/** A product of the catalogue. What there is of it is the stock module's to tell. */
export type Product = ProductText & {
  id: string;
  price: Money;
  archived: boolean;
  /** The first to be shown first. */
  images: readonly ProductImage[];
  /** Grows by one with every change of the catalogue; changes of stock leave it. */
  version: number;
  createdAt: Date;
  updatedAt: Date;
};

export type ProductSort = 'newest' | 'price' | '-price' | 'name';

/** Which products a list shows. All that is given must hold; prices in minor units. */
export type ProductFilter = {
  q?: string | undefined;
  category?: string | undefined;
  minPrice?: number | undefined;
  maxPrice?: number | undefined;
  inStock?: boolean | undefined;
  archived?: boolean | undefined;
};

/** What an edit may change. */
export type ProductEdit = Pick<Product, 'name' | 'description' | 'category' | 'price' | 'archived'>;

/** What carts and orders copy of a product. */
export type ProductSnapshot = { id: string; sku: string; name: string; price: Money; archived: boolean };

export type CatalogStore = {
  /** Throws the database's duplicate key error on `sku` where the article number is taken. */
  insert(product: Product, session: Session): Promise<void>;
  find(productId: string): Promise<Product | undefined>;
  /** A page of rows; `total` as `platform/totals` counts it. */
  list(query: {
    filter: ProductFilter;
    sort: ProductSort;
    window: PageWindow;
  }): Promise<{ rows: Product[]; total: number }>;
  /** The categories of products that are not archived: `most` at most, those with the most products, in no order of use. */
  categories(most: number): Promise<Category[]>;
  /** Writes an edit and raises the version, but only where the product still has the one given; undefined elsewhere. */
  update(change: { product: Product; edit: ProductEdit; at: Date }): Promise<Product | undefined>;
  /** Takes a product off sale if it was on sale. False where there is no such product. */
  archive(productId: string, at: Date): Promise<boolean>;
  /** Puts an image behind the others. Answers undefined where there are as many as there may be, or no such product. */
  addImage(productId: string, image: ProductImage, at: Date, session: Session): Promise<Product | undefined>;
  /** False where the product has no such image. */
  removeImage(productId: string, imageId: string, at: Date, session: Session): Promise<boolean>;
  /** Writes the images in this order, but only where the product still has the version given; undefined elsewhere. */
  orderImages(product: Product, images: readonly ProductImage[], at: Date): Promise<Product | undefined>;
  /** The products that exist among those named; archived ones too. */
  snapshots(productIds: readonly string[], session?: Session): Promise<ProductSnapshot[]>;
};

/** Counters that the stock module owns. They are declared here, and given their first value by `insert`; no more. */
type StockCounters = {
  stock: number;
  stockVersion: number;
  increaseSeq: number;
  soldOut: boolean;
  soldOutRev: number;
};

type ProductRow = Omit<Product, 'id' | 'images'> & { _id: string } & ProductKeys &
  StockCounters & {
    /** Absent of a product that never had one. */
    images?: ProductImage[];
  };

const productSchema = new Schema<ProductRow>(
  {
    _id: { type: String, required: true },
    sku: { type: String, required: true },
    name: { type: String, required: true },
    description: { type: String, default: '' },
    category: { type: String, required: true },
    price: { amount: { type: Number, required: true }, currency: { type: String, required: true } },
    words: { type: [String], required: true },
    nameKey: { type: String, required: true },
    archived: { type: Boolean, default: false },
    images: {
      type: [
        {
          _id: false,
          id: { type: String, required: true },
          alt: { type: String, default: '' },
          width: { type: Number, required: true },
          height: { type: Number, required: true },
        },
      ],
      default: undefined,
    },
    version: { type: Number, default: 1 },
    stock: { type: Number, default: 0 },
    stockVersion: { type: Number, default: 0 },
    increaseSeq: { type: Number, default: 0 },
    soldOut: { type: Boolean, default: false },
    soldOutRev: { type: Number, default: 0 },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  { strict: 'throw', versionKey: false, collection: 'products' },
);
productSchema.index({ sku: 1 }, { unique: true });
productSchema.index({ archived: 1, words: 1 });
// The few that are sold out among many that are not.
productSchema.index({ archived: 1, soldOut: 1 });
productSchema.index({ archived: 1, stock: 1 });

/** One index for each sort, and one for each sort within a category. Each list states `archived`, see `conditions`. */
const SORTS: Record<ProductSort, Record<string, 1 | -1>> = {
  newest: { createdAt: -1, _id: -1 },
  price: { 'price.amount': 1, _id: 1 },
  '-price': { 'price.amount': -1, _id: -1 },
  name: { nameKey: 1, _id: 1 },
};
for (const sort of [SORTS.newest, SORTS.price, SORTS.name]) {
  productSchema.index({ archived: 1, ...sort });
  productSchema.index({ archived: 1, category: 1, ...sort });
}

/** What a list does not show. The search words alone would be half of what the database sends for a page. */
const UNSHOWN = {
  words: 0,
  nameKey: 0,
  stock: 0,
  stockVersion: 0,
  increaseSeq: 0,
  soldOut: 0,
  soldOutRev: 0,
} as const;

export function createCatalogStore(db: Database): CatalogStore {
  const Products = db.connection.model('Product', productSchema);
  const totals = createTotals();

  return {
    async insert({ id, ...product }, session) {
      const images = [...product.images];
      await Products.create([{ _id: id, ...product, images, ...keysOf(product) }], { session });
    },

    async find(productId) {
      const row = await Products.findById(productId).lean();
      return row === null ? undefined : toProduct(row);
    },

    async list({ filter, sort, window }) {
      const where = conditions(filter);
      const { rows, total } = await totals.page({
        filter: where,
        window,
        rows: () =>
          Products.find(where, UNSHOWN).sort(SORTS[sort]).skip(window.skip).limit(window.limit).lean(),
        count: (atMost) => countRows(Products, where, atMost),
      });
      return { rows: rows.map(toProduct), total };
    },

    async categories(most) {
      // Read from an index that begins with `archived, category`, without the rows.
      return Products.aggregate<Category>([
        { $match: { archived: false } },
        { $group: { _id: '$category', products: { $sum: 1 } } },
        { $sort: { products: -1, _id: 1 } },
        { $limit: most },
        { $project: { _id: 0, name: '$_id', products: 1 } },
      ]);
    },

    async update({ product, edit, at }) {
      const row = await Products.findOneAndUpdate(
        { _id: product.id, version: product.version },
        { $set: { ...edit, ...keysOf({ sku: product.sku, ...edit }), updatedAt: at }, $inc: { version: 1 } },
        { returnDocument: 'after' },
      ).lean();
      return row === null ? undefined : toProduct(row);
    },

    async archive(productId, at) {
      const archived = await Products.updateOne(
        { _id: productId, archived: false },
        { $set: { archived: true, updatedAt: at }, $inc: { version: 1 } },
      );
      return archived.matchedCount > 0 || (await Products.exists({ _id: productId })) !== null;
    },

    async addImage(productId, image, at, session) {
      const row = await Products.findOneAndUpdate(
        { _id: productId, [`images.${MOST_IMAGES - 1}`]: { $exists: false } },
        { $push: { images: image }, $set: { updatedAt: at }, $inc: { version: 1 } },
        { returnDocument: 'after', session },
      ).lean();
      return row === null ? undefined : toProduct(row);
    },

    async removeImage(productId, imageId, at, session) {
      const removed = await Products.updateOne(
        { _id: productId, 'images.id': imageId },
        { $pull: { images: { id: imageId } }, $set: { updatedAt: at }, $inc: { version: 1 } },
        { session },
      );
      return removed.matchedCount > 0;
    },

    async orderImages({ id, version }, images, at) {
      const row = await Products.findOneAndUpdate(
        { _id: id, version },
        { $set: { images: [...images], updatedAt: at }, $inc: { version: 1 } },
        { returnDocument: 'after' },
      ).lean();
      return row === null ? undefined : toProduct(row);
    },

    async snapshots(productIds, session) {
      const rows = await Products.find(
        { _id: { $in: [...productIds] } },
        { sku: 1, name: 1, price: 1, archived: 1 },
        session === undefined ? {} : { session },
      ).lean();
      return rows.map(({ _id, sku, name, price, archived }) => ({ id: _id, sku, name, price, archived }));
    },
  };
}

/** `archived` always stands in the filter, with both values where both are wanted: every index of a list begins with it. */
function conditions({ q, category, minPrice, maxPrice, inStock, archived }: ProductFilter) {
  return {
    archived: archived ?? { $in: [false, true] },
    ...(category !== undefined && { category: withoutOuterSpaces(category) }),
    ...((minPrice !== undefined || maxPrice !== undefined) && {
      'price.amount': {
        ...(minPrice !== undefined && { $gte: minPrice }),
        // Amounts are whole, so this is "at most". Not every server that speaks MongoDB's protocol keeps the end of a
        // closed range when the field stands in the middle of an index.
        ...(maxPrice !== undefined && { $lt: maxPrice + 1 }),
      },
    }),
    ...(inStock === true && { stock: { $gt: 0 }, soldOut: false }),
    ...(inStock === false && { $or: [{ stock: { $lte: 0 } }, { soldOut: true }] }),
    ...(q !== undefined && prefixFilter(q)),
  };
}

function toProduct(row: Omit<ProductRow, keyof typeof UNSHOWN>): Product {
  return {
    id: row._id,
    sku: row.sku,
    name: row.name,
    description: row.description,
    category: row.category,
    price: { amount: row.price.amount, currency: row.price.currency },
    archived: row.archived,
    images: (row.images ?? []).map(({ id, alt, width, height }) => ({ id, alt, width, height })),
    version: row.version,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}
