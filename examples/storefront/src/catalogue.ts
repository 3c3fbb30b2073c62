import type { Category, Product, ProductPage, ProductSort } from '../../../generated/openapi.js';
import { api, ask } from './api.js';
import { leftOf, quantityOf, setQuantity } from './cart.js';
import { action, announce, el, redraw } from './dom.js';
import { money } from './format.js';
import { learnPictures, productPicture } from './pictures.js';
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
  const [products, categories] = await Promise.all([
    ask(() => api.GET('/v1/products', { params: { query: { ...given, limit: PAGE_SIZE } } })),
    ask(() => api.GET('/v1/categories')),
  ]);
  learnPictures(products.data);
  return el(
    'section',
    {},
    el('h1', {}, asked.category ?? 'Everything in the shop'),
    categoriesView(categories.data, asked.category),
    searchView(query),
    products.data.length === 0 && el('p', {}, 'Nothing fits. '),
    el('ul', { class: 'cards' }, ...products.data.map(cardView)),
    pagesView(products, query),
  );
}

function categoriesView(categories: readonly Category[], chosen: string | undefined): Node {
  const to = (name: string, category: string | undefined, products?: number): Node =>
    el(
      'li',
      {},
      el(
        'a',
        { href: link('/', { category }), 'aria-current': category === chosen && 'page' },
        name,
        products !== undefined && el('span', { class: 'faint' }, ` ${products}`),
      ),
    );
  const links = categories.map(({ name, products }) => to(name, name, products));
  return el(
    'nav',
    { 'aria-label': 'Categories' },
    el('ul', { class: 'categories' }, to('Everything', undefined), ...links),
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
  );
}

function pagesView({ pagination }: ProductPage, query: URLSearchParams): Node | undefined {
  const { page, pages, limit, total } = pagination;
  if (pages < 2) return undefined;
  // A search is counted in hundreds, until its last page.
  const orMore = query.has('q') && total % 100 === 0 && total > page * limit ? ' or more' : '';
  const to = (target: number, label: string): Node | false =>
    target >= 1 &&
    target <= pages &&
    el('a', { href: link('/', { ...Object.fromEntries(query), page: target }) }, label);
  return el(
    'nav',
    { class: 'pages', 'aria-label': 'Pages' },
    to(page - 1, 'Back'),
    `Page ${page} of ${pages}${orMore}`,
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
      productPicture(product, 'thumbnailUrl'),
    ),
    el('a', { class: 'faint', href: link('/', { category }) }, category),
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
    productPicture(product, 'url'),
    el(
      'div',
      {},
      el('a', { class: 'faint', href: link('/', { category: product.category }) }, product.category),
      el('h1', {}, product.name),
      el('p', { class: 'price' }, money(product.price)),
      el('p', {}, product.description),
      buyView(product),
    ),
  );
}

/** How many there are for others than oneself, and the button that holds one more. */
function buyView({ id, name, available }: Product): HTMLElement {
  const stock = el('p', { class: 'stock', role: 'status' });
  const place = el('div', { class: 'place' });
  const show = (free: number, told = stockWords(free, quantityOf(id))): void => {
    stock.textContent = told;
    stock.classList.toggle('few', free <= FEW);
    const button = { id: `buy-${id}`, 'aria-label': `Add ${name} to cart` };
    // Not `disabled`: whoever pressed it by key while the last one went would lose their place on the page.
    const soldOut = {
      id: button.id,
      type: 'button',
      'aria-disabled': 'true',
      'aria-label': `Sold out: ${name}`,
    };
    redraw(place, [
      free > 0 ? action('Add to cart', () => add(free), button) : el('button', soldOut, 'Sold out'),
    ]);
  };
  const add = async (free: number): Promise<void> => {
    const own = quantityOf(id);
    try {
      await setQuantity(id, own + 1);
    } catch (error) {
      const left = leftOf(error, id);
      if (left === undefined) throw error;
      show(left - own, own > 0 ? undefined : 'Somebody else took the last one.');
      return;
    }
    show(free - 1);
    announce(`${name} is in your cart, and held for you.`);
  };
  show(available);
  return el('div', { class: 'buy' }, stock, place);
}

function stockWords(free: number, own: number): string {
  if (free > FEW) return 'In stock';
  if (free > 0) return `Only ${free} left`;
  return own > 0 ? `No more than the ${own} in your cart` : 'None left';
}
