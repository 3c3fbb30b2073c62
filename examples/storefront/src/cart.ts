import type { Cart, CartItem } from '../../../generated/openapi.js';
import { api, ask, Refused } from './api.js';
import { countdown, learnTime } from './clock.js';
import { action, announce, el, redraw } from './dom.js';
import { money } from './format.js';
import { linePicture, loadPictures } from './pictures.js';
import { link, type Visit } from './router.js';

const NOTHING: Cart = {
  ...{ id: null, items: [], leftOut: [], serverTime: '' },
  total: { amount: 0, currency: 'INR' },
};

let current = NOTHING;
/** What was typed into the lines of the cart and not set yet, by product: each answer draws all lines anew. */
const typed = new Map<string, string>();
const listeners = new Set<() => void>();

export const cart = (): Cart => current;
export const onCart = (listener: () => void): Set<() => void> => listeners.add(listener);

export const quantityOf = (productId: string): number =>
  current.items.find((item) => item.productId === productId)?.quantity ?? 0;

/** Each answer of the API is the whole cart as it is now: nothing is computed here. */
function learn(next: Cart): void {
  current = next;
  learnTime(next.serverTime);
  for (const listener of listeners) listener();
}

export async function loadCart(): Promise<void> {
  learn(await ask(() => api.GET('/v1/cart')));
}

/** Sets the line to this many units, which are held from now on; throws `insufficient_stock` where there are fewer. */
export async function setQuantity(productId: string, quantity: number): Promise<void> {
  const params = { path: { productId } };
  const next = await ask(() => api.PUT('/v1/cart/items/{productId}', { params, body: { quantity } }));
  typed.delete(productId);
  learn(next);
}

async function remove(productId: string): Promise<void> {
  const next = await ask(() => api.DELETE('/v1/cart/items/{productId}', { params: { path: { productId } } }));
  typed.delete(productId);
  learn(next);
  announce('Removed. Its units are for others again.');
}

/** How many units of a product a refusal leaves; undefined where it is about something else. */
export function leftOf(error: unknown, productId: string): number | undefined {
  if (!(error instanceof Refused) || error.body.code !== 'insufficient_stock') return undefined;
  return error.body.details?.lines?.find((line) => line.productId === productId)?.available;
}

export function cartLink(): HTMLElement {
  const units = current.items.reduce((sum, { quantity }) => sum + quantity, 0);
  return el('a', { href: link('/cart'), class: 'cart-link' }, 'Cart ', el('b', {}, String(units)));
}

export async function cartPage({ signal }: Visit): Promise<Node> {
  typed.clear();
  await loadCart();
  await loadPictures(current.items);
  const page = el('section', { class: 'list' });
  const draw = (): void => redraw(page, cartView());
  listeners.add(draw);
  signal.addEventListener('abort', () => listeners.delete(draw));
  draw();
  return page;
}

function cartView(): Node[] {
  const { items, leftOut, total } = current;
  const heading = el('h1', {}, 'Your cart');
  const notes = leftOut.map(({ name, quantity, reason }) =>
    el('p', { class: 'note' }, `${quantity} × ${name} did not fit when you signed in: ${LEFT_OUT[reason]}.`),
  );
  if (items.length === 0) {
    const empty = el('p', {}, 'Nothing is in it yet. ', el('a', { href: link('/') }, 'Look around'));
    return [heading, ...notes, empty];
  }
  const isOrderable = !items.some(({ problems }) => problems.includes('archived'));
  const order = isOrderable
    ? el('a', { class: 'button primary', href: link('/checkout') }, 'Go to the checkout')
    : el('p', { class: 'trouble' }, 'Remove what is not sold any more, to order the rest.');
  return [
    heading,
    ...notes,
    el('ul', { class: 'lines' }, ...items.map(lineView)),
    el('p', { class: 'sum' }, el('span', {}, 'Total'), el('b', {}, money(total))),
    order,
  ];
}

const LEFT_OUT = {
  line_full: 'the line was full',
  cart_full: 'the cart was full',
} as const;

function lineView(item: CartItem): HTMLElement {
  const { productId, name, quantity, unitPrice, lineTotal } = item;
  const input = el('input', {
    type: 'number',
    min: 1,
    max: 99,
    value: typed.get(productId) ?? quantity,
    oninput: () => typed.set(productId, input.value),
    id: `units-${productId}`,
    'aria-label': `Units of ${name}`,
  });
  const line = el('div', { class: 'answer', role: 'alert' });
  const set = (units: number): Promise<void> =>
    setQuantity(productId, units).catch((error: unknown) => {
      const left = leftOf(error, productId);
      if (left === undefined) throw error;
      line.replaceChildren(offer(item, left));
    });
  return el(
    'li',
    {},
    linePicture(item),
    el(
      'div',
      { class: 'what' },
      el('a', { href: link(`/products/${productId}`) }, name),
      el('span', { class: 'faint' }, `${money(unitPrice)} each`),
      holdView(item),
    ),
    el(
      'div',
      { class: 'units' },
      input,
      action('Set', () => set(Number(input.value)), {
        id: `set-${productId}`,
        'aria-label': `Set the units of ${name}`,
      }),
    ),
    el('b', { class: 'amount' }, money(lineTotal)),
    action('Remove', () => remove(productId), { class: 'plain', 'aria-label': `Remove ${name}` }),
    ...problemsView(item, set),
    line,
  );
}

function holdView({ held, quantity, holdLapsesAt, problems }: CartItem): Node | undefined {
  if (holdLapsesAt === null || problems.includes('not_held')) return undefined;
  const what = held === quantity ? 'Held for you for ' : `${held} held for you for `;
  return el('span', { class: 'hold' }, what, countdown(holdLapsesAt, loadCart));
}

/** What stands in the way of a line, each with the click that mends it. */
function problemsView(
  { problems, quantity, unitPrice, held }: CartItem,
  set: (units: number) => Promise<void>,
): Node[] {
  const told = {
    archived: () => ['This is not sold any more.'],
    // `short` says so too, and asking tells how many are left.
    not_held: () => [
      held === 0 ? 'These units are not held for you any more.' : `Only ${held} of them are held for you.`,
      action('Hold again', () => set(quantity)),
    ],
    short: () => ['Fewer are left than you want.'],
    price_changed: () => [
      `The price has changed since you added it: it is ${money(unitPrice)} now.`,
      action('Take it at this price', () => set(quantity)),
    ],
  };
  return problems.map((kind) => el('p', { class: 'note' }, ...told[kind]()));
}

function offer({ productId, name }: CartItem, left: number): Node {
  if (left === 0) return el('p', { class: 'note' }, `No ${name} is left. Somebody else took the last.`);
  return el(
    'p',
    { class: 'note' },
    `Only ${left} left for you.`,
    action(`Take ${left}`, () => setQuantity(productId, left)),
  );
}
