import type { Product, ProductPage, ProductSort } from '../../../generated/openapi.js';
import { api, ask, onServer } from './api.js';
import { leftOf, quantityOf, setQuantity } from './cart.js';
import { action, announce, el } from './dom.js';
import { money, words } from './format.js';
import { go, link, type Visit } from './router.js';

const PAGE_SIZE = 12;
const FEW = 5;

const SORTS: readonly { value: ProductSort; label: string }[] = [
  { value: 'newest', label: 'Newest first' },
  { value: 'price', label: 'Price, low to high' },
  { value: '-price', label: 'Price, high to low' },
  { value: 'name', label: 'Name' },
];

/** The address says what is searched for, so that it can be sent to a friend and the back button works. */
export async function cataloguePage({ query }: Visit): Promise<Node> {
  const asked = {
    q: query.get('q') ?? undefined,
    category: query.get('category') ?? undefined,
    sort: SORTS.find(({ value }) => value === query.get('sort'))?.value,
    inStock: query.has('inStock') ? true : undefined,
    page: Math.max(1, Number(query.get('page') ?? 1)) || 1,
  };
  const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
  const products = await ask(() =>
    api.GET('/v1/products', { params: { query: { ...given, limit: PAGE_SIZE } } }),
  );
  return el(
    'section',
    {},
    el('h1', {}, asked.category === undefined ? 'Everything in the shop' : words(asked.category)),
    searchView(query),
    products.data.length === 0 && el('p', {}, 'Nothing fits. '),
    el('ul', { class: 'cards' }, ...products.data.map(cardView)),
    pagesView(products, query),
  );
}

function searchView(query: URLSearchParams): Node {
  const q = el('input', {
    type: 'search',
    value: query.get('q') ?? '',
    placeholder: 'Search',
    'aria-label': 'Search',
  });
  const sort = el(
    'select',
    { 'aria-label': 'Order' },
    ...SORTS.map(({ value, label }) => el('option', { value, selected: value === query.get('sort') }, label)),
  );
  const inStock = el('input', { type: 'checkbox', checked: query.has('inStock') });
  const category = query.get('category') ?? undefined;
  const search = (event: Event): void => {
    event.preventDefault();
    go('/', {
      q: q.value.trim(),
      category,
      sort: sort.value === SORTS[0]?.value ? undefined : sort.value,
      inStock: inStock.checked ? 1 : undefined,
    });
  };
  return el(
    'form',
    { class: 'search', role: 'search', onsubmit: search },
    q,
    el('button', {}, 'Search'),
    sort,
    el('label', { class: 'check' }, inStock, 'In stock only'),
    category !== undefined && el('a', { href: link('/') }, `× ${words(category)}`),
  );
}

function pagesView({ pagination: { page, pages } }: ProductPage, query: URLSearchParams): Node | undefined {
  if (pages < 2) return undefined;
  const to = (target: number, label: string): Node | false =>
    target >= 1 &&
    target <= pages &&
    el('a', { href: link('/', { ...Object.fromEntries(query), page: target }) }, label);
  return el(
    'nav',
    { class: 'pages', 'aria-label': 'Pages' },
    to(page - 1, 'Back'),
    `Page ${page} of ${pages}`,
    to(page + 1, 'Next'),
  );
}

function cardView(product: Product): HTMLElement {
  const { id, name, category, price } = product;
  return el(
    'li',
    { class: 'card' },
    el(
      'a',
      { href: link(`/products/${id}`), tabindex: -1, 'aria-hidden': 'true' },
      pictureOf(product, 'thumbnailUrl'),
    ),
    el('a', { class: 'faint', href: link('/', { category }) }, words(category)),
    el('h2', {}, el('a', { href: link(`/products/${id}`) }, name)),
    el('b', { class: 'price' }, money(price)),
    buyView(product),
  );
}

export async function productPage({ params: { productId = '' } }: Visit): Promise<Node> {
  const product = await ask(() => api.GET('/v1/products/{productId}', { params: { path: { productId } } }));
  return el(
    'section',
    { class: 'product' },
    pictureOf(product, 'url'),
    el(
      'div',
      {},
      el('a', { class: 'faint', href: link('/', { category: product.category }) }, words(product.category)),
      el('h1', {}, product.name),
      el('p', { class: 'price' }, money(product.price)),
      el('p', {}, product.description),
      buyView(product),
    ),
  );
}

function pictureOf({ images: [image], name }: Product, rendition: 'url' | 'thumbnailUrl'): HTMLElement {
  if (image === undefined) return el('span', { class: 'picture', 'aria-hidden': 'true' }, name.charAt(0));
  const { alt, width, height } = image;
  return el('img', {
    class: 'picture',
    src: onServer(image[rendition]),
    alt,
    width,
    height,
    loading: 'lazy',
  });
}

/** How many there are for others than oneself, and the button that holds one more. */
function buyView({ id, name, available }: Product): HTMLElement {
  const stock = el('p', { class: 'stock' });
  let free = available;
  const show = (): void => {
    stock.textContent = free > FEW ? 'In stock' : free > 0 ? `Only ${free} left` : 'Sold out';
    stock.classList.toggle('few', free <= FEW);
  };
  const add = async (): Promise<void> => {
    const own = quantityOf(id);
    try {
      await setQuantity(id, own + 1);
      free -= 1;
      announce(`${name} is in your cart, and held for you.`);
    } catch (error) {
      const left = leftOf(error, id);
      if (left === undefined) throw error;
      free = left - own;
      throw new Error(
        own > 0 ? `There are no more than the ${own} in your cart.` : 'Somebody else took the last one.',
      );
    } finally {
      show();
    }
  };
  show();
  return el(
    'div',
    { class: 'buy' },
    stock,
    action('Add to cart', add, { 'aria-label': `Add ${name} to cart`, disabled: available === 0 }),
  );
}
