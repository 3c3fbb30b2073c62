import type { Clock } from '../../platform/clock.js';
import { duplicateKey, type Database, type Session } from '../../platform/db.js';
import { AppError, notFound, unavailable, versionConflict } from '../../platform/errors.js';
import { newId } from '../../platform/ids.js';
import type { Money } from '../../platform/money.js';
import { pageWindow, pagination, type PageQuery, type Pagination } from '../../platform/page.js';
import { createRecentPages } from './catalog.pages.js';
import { byName, MOST_CATEGORIES, refuseForeignCurrency, trimmed, type Category } from './catalog.rules.js';
import type {
  CatalogStore,
  Product,
  ProductEdit,
  ProductFilter,
  ProductSnapshot,
  ProductSort,
} from './catalog.store.js';

/** Where the units of a product are. `onHand` = `available` + `held`, and `held` = `carts` + `orders` + `adjustments`. */
export type StockFigures = {
  onHand: number;
  available: number;
  held: number;
  carts: number;
  orders: number;
  adjustments: number;
};

/** What the catalogue needs of stock. Each of these throws service_unavailable rather than answer with a guess. */
export type StockPort = {
  /** Units that can be bought at this moment: an entry for every product named, none where none is named. */
  available(productIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
  figures(productId: string): Promise<StockFigures>;
  /** Writes the receipt of units into the transaction; `apply` puts them on sale after the commit. */
  receive(
    input: { productId: string; units: number; reason: string; actor: { kind: 'admin'; id: string } },
    session: Session,
  ): Promise<void>;
  apply(productId: string): Promise<void>;
};

export type ProductOnSale = { product: Product; available: number };
export type ProductWithStock = { product: Product; stock: StockFigures };
export type Page<Row> = { rows: Row[]; pagination: Pagination };
export type ProductQuery = ProductFilter & PageQuery & { sort: ProductSort };

export type NewProduct = {
  sku: string;
  name: string;
  description?: string | undefined;
  category: string;
  price: Money;
  /** Units that are there to begin with. */
  stock?: number | undefined;
};

/** The fields that are given are changed, if the product still has this version. */
export type ProductChange = { version: number } & {
  [Field in keyof ProductEdit]?: ProductEdit[Field] | undefined;
};

export type Catalog = {
  /**
   * Products on sale, a page at a time. Available units are those of this moment; what a product says about itself may be
   * a second old where another process changed it.
   */
  list(query: Omit<ProductQuery, 'archived'>): Promise<Page<ProductOnSale>>;
  /** A product on sale; throws not_found, for an archived one too. */
  get(productId: string): Promise<ProductOnSale>;
  /**
   * The categories of what is on sale, by name; where there are more than 200, those with the most products. May be a second
   * old where another process changed something.
   */
  categories(): Promise<readonly Category[]>;
  /** Any products, archived ones too unless the query says otherwise. */
  listAll(query: ProductQuery): Promise<Page<ProductWithStock>>;
  getAny(productId: string): Promise<ProductWithStock>;
  /** Throws sku_taken, or validation_failed for a price in another currency than the shop's. */
  create(input: NewProduct, admin: { userId: string }): Promise<ProductWithStock>;
  /** Throws not_found, or version_conflict where the product has been changed since that version. */
  update(productId: string, change: ProductChange): Promise<ProductWithStock>;
  /** Has the next look at a public page see what was changed beside this service. */
  changed(): void;
  /** Takes a product off sale; repeating changes nothing. */
  archive(productId: string): Promise<void>;
  /** What carts and orders copy of these products; no entry for one that does not exist. */
  snapshotOf(productIds: readonly string[], session?: Session): Promise<Map<string, ProductSnapshot>>;
};

export function createCatalog(deps: {
  db: Pick<Database, 'transaction'>;
  products: CatalogStore;
  stock: StockPort;
  clock: Pick<Clock, 'now'>;
  currency: string;
}): Catalog {
  const { db, products, stock, clock, currency } = deps;
  const recent = createRecentPages<Page<Product>>();
  const recentCategories = createRecentPages<{ rows: Category[] }>();

  const changed = (): void => {
    recent.drop();
    recentCategories.drop();
  };

  const withStock = async (product: Product): Promise<ProductWithStock> => ({
    product,
    stock: await stock.figures(product.id),
  });

  const existing = async (productId: string): Promise<Product> => {
    const product = await products.find(productId);
    if (product === undefined) throw notFound('The product');
    return product;
  };

  const findPage = async ({ sort, page, limit, ...filter }: ProductQuery): Promise<Page<Product>> => {
    const window = pageWindow({ page, limit });
    const { rows, total } = await products.list({ filter, sort, window });
    return { rows, pagination: pagination(window, total) };
  };

  const onSale = async (rows: readonly Product[]): Promise<ProductOnSale[]> => {
    const units = await stock.available(rows.map(({ id }) => id));
    return rows.map((product) => {
      const available = units.get(product.id);
      if (available === undefined) throw unavailable('The stock of a product');
      return { product, available };
    });
  };

  return {
    changed,

    async list(query) {
      const read = () => findPage({ ...query, archived: false });
      // What is chosen by units is as fresh as the units.
      const found = query.inStock === undefined ? await recent.read(query, read) : await read();
      return { rows: await onSale(found.rows), pagination: found.pagination };
    },

    async categories() {
      const read = async () => ({ rows: byName(await products.categories(MOST_CATEGORIES)) });
      return (await recentCategories.read({}, read)).rows;
    },

    async get(productId) {
      const product = await existing(productId);
      const [shown] = product.archived ? [] : await onSale([product]);
      if (shown === undefined) throw notFound('The product');
      return shown;
    },

    async listAll(query) {
      const found = await findPage(query);
      return { rows: await Promise.all(found.rows.map(withStock)), pagination: found.pagination };
    },

    async getAny(productId) {
      return withStock(await existing(productId));
    },

    async create({ price, stock: units = 0, ...text }, { userId }) {
      refuseForeignCurrency(price, currency);
      const product = newProduct({ ...text, price }, clock.now());
      await db
        .transaction(async (session) => {
          await products.insert(product, session);
          if (units === 0) return;
          const actor = { kind: 'admin', id: userId } as const;
          await stock.receive(
            { productId: product.id, units, reason: 'First stock of a new product', actor },
            session,
          );
        })
        .catch((error: unknown) => {
          throw duplicateKey(error)?.includes('sku') === true ? skuTaken() : error;
        })
        .finally(changed);
      await stock.apply(product.id);
      return withStock(product);
    },

    async update(productId, { version, ...change }) {
      if (change.price !== undefined) refuseForeignCurrency(change.price, currency);
      const product = await existing(productId);
      const updated =
        product.version === version
          ? await products
              .update({ product, edit: edited(product, change), at: clock.now() })
              .finally(changed)
          : undefined;
      if (updated === undefined) throw versionConflict('The product');
      return withStock(updated);
    },

    async archive(productId) {
      const known = await products.archive(productId, clock.now()).finally(changed);
      if (!known) throw notFound('The product');
    },

    async snapshotOf(productIds, session) {
      const found = await products.snapshots(productIds, session);
      return new Map(found.map((snapshot) => [snapshot.id, snapshot]));
    },
  };
}

function newProduct(input: Omit<NewProduct, 'stock'>, at: Date): Product {
  const { sku, name, description = '', category, price } = input;
  return {
    id: newId(),
    ...trimmed({ sku, name, description, category }),
    price,
    archived: false,
    images: [],
    version: 1,
    createdAt: at,
    updatedAt: at,
  };
}

function edited(product: Product, change: Omit<ProductChange, 'version'>): ProductEdit {
  const { name, description, category } = trimmed({
    sku: product.sku,
    name: change.name ?? product.name,
    description: change.description ?? product.description,
    category: change.category ?? product.category,
  });
  return {
    name,
    description,
    category,
    price: change.price ?? product.price,
    archived: change.archived ?? product.archived,
  };
}

function skuTaken(): AppError {
  const message = 'Another product has this article number.';
  return new AppError('sku_taken', message, { errors: [{ path: '/body/sku', code: 'unique', message }] });
}
