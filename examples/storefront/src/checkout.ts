import type { Money, Order, OrderPlacement } from '../../../generated/openapi.js';
import { account } from './account.js';
import { api, ask, Refused } from './api.js';
import { cart, loadCart } from './cart.js';
import { countryChoices } from './countries.js';
import { action, announce, el, form, type Field } from './dom.js';
import { money } from './format.js';
import { go, link } from './router.js';
import { wait } from './wait.js';

const ADDRESS: readonly Field[] = [
  { name: 'name', label: 'Name', input: { autocomplete: 'name', maxlength: 100 } },
  { name: 'line1', label: 'Street and number', input: { autocomplete: 'address-line1', maxlength: 120 } },
  { name: 'city', label: 'City', input: { autocomplete: 'address-level2', maxlength: 120 } },
  { name: 'postalCode', label: 'Postal code', input: { autocomplete: 'postal-code', maxlength: 16 } },
  {
    name: 'country',
    label: 'Country',
    choices: countryChoices(),
    input: { autocomplete: 'country', value: 'IN' },
  },
];

export async function checkoutPage(): Promise<Node> {
  await loadCart();
  const { items, total } = cart();
  const heading = el('h1', {}, 'Checkout');
  if (items.length === 0) return el('section', {}, heading, emptyView());
  const answer = el('div', { role: 'alert' });
  const fields = ADDRESS.map((field) =>
    field.name === 'name' ? { ...field, input: { ...field.input, value: account()?.name ?? '' } } : field,
  );
  const address = form(fields, `Place the order for ${money(total)}`, (values) => {
    answer.replaceChildren();
    return placeAndTell({ expectedTotal: total, shippingAddress: addressOf(values) }, answer);
  });
  return el(
    'section',
    { class: 'two' },
    el('div', {}, heading, el('h2', {}, 'Where shall it go?'), address, answer),
    el(
      'aside',
      { class: 'panel' },
      el('h2', {}, 'Your order'),
      ...items.map(({ quantity, name, lineTotal }) =>
        el('p', { class: 'sum' }, el('span', {}, `${quantity} × ${name}`), el('span', {}, money(lineTotal))),
      ),
      el('p', { class: 'sum' }, el('span', {}, 'Total'), el('b', {}, money(total))),
    ),
  );
}

function addressOf({
  name = '',
  line1 = '',
  city = '',
  postalCode = '',
  country = '',
}: Record<string, string>) {
  return { name, line1, city, postalCode, country };
}

function emptyView(): Node {
  return el(
    'p',
    {},
    'Your cart is empty. Perhaps you have placed the order already: ',
    el('a', { href: link('/orders') }, 'look at your orders'),
    '.',
  );
}

/** Places the order and shows it; a refusal that the customer can decide about is put into `answer`. */
async function placeAndTell(body: OrderPlacement, answer: HTMLElement): Promise<void> {
  let order: Order;
  try {
    order = await place(body);
  } catch (error) {
    const question = error instanceof Refused ? questionAbout(error, body, answer) : undefined;
    if (question === undefined) throw error;
    answer.replaceChildren(question);
    return;
  }
  await loadCart();
  announce(`Order ${order.number} is placed.`);
  go(`/orders/${order.id}`);
}

/** What the customer is asked after a refusal; undefined where its own words are all there is to say. */
function questionAbout(
  { body: refusal }: Refused,
  body: OrderPlacement,
  answer: HTMLElement,
): Node | undefined {
  const { code, details } = refusal;
  if (code === 'total_changed' && details?.total !== undefined)
    return askForTotal(body, details.total, answer);
  if (code === 'cart_empty') return emptyView();
  if (code !== 'insufficient_stock' || details?.lines === undefined) return undefined;
  const nameOf = (id: string): string =>
    cart().items.find(({ productId }) => productId === id)?.name ?? 'a product';
  return el(
    'div',
    { class: 'note' },
    el('p', {}, 'Not everything is there any more. Nothing was ordered.'),
    el(
      'ul',
      {},
      ...details.lines.map(({ productId, requested, available }) =>
        el(
          'li',
          {},
          `${nameOf(productId)}: you want ${requested}, ${available} ${available === 1 ? 'is' : 'are'} left`,
        ),
      ),
    ),
    el('a', { class: 'button', href: link('/cart') }, 'Change the cart'),
  );
}

function askForTotal(body: OrderPlacement, total: Money, answer: HTMLElement): Node {
  const before = body.expectedTotal === undefined ? '' : `, it was ${money(body.expectedTotal)}`;
  return el(
    'div',
    { class: 'note' },
    el('p', {}, `A price has changed. The total is ${money(total)} now${before}. Nothing was ordered.`),
    action(`Order for ${money(total)}`, () => placeAndTell({ ...body, expectedTotal: total }, answer), {
      class: 'primary',
    }),
    el('a', { class: 'button', href: link('/cart') }, 'Look at the cart'),
  );
}

const SAVED = { key: 'storefront.order.key', body: 'storefront.order.body' };
const PATIENCE = { tries: 10, everyMs: 1_000 };

/**
 * Places the order once, however often it is tried: until an answer has come, the same order is asked for under the same
 * key, even after a reload, and the server then answers with the order that it has placed.
 */
async function place(body: OrderPlacement): Promise<Order> {
  const text = JSON.stringify(body);
  const isSame = sessionStorage.getItem(SAVED.body) === text;
  const key = (isSame ? sessionStorage.getItem(SAVED.key) : null) ?? crypto.randomUUID();
  sessionStorage.setItem(SAVED.key, key);
  sessionStorage.setItem(SAVED.body, text);
  const params = { header: { 'Idempotency-Key': key } };
  for (let round = 1; ; round += 1) {
    try {
      const order = await ask(() => api.POST('/v1/orders', { params, body }));
      forget();
      return order;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const isAtWork = error.body.code === 'order_in_progress' || error.body.code === 'cart_busy';
      if (!isAtWork && error.status < 500) forget();
      if (!isAtWork || round === PATIENCE.tries) throw error;
    }
    await wait(PATIENCE.everyMs);
  }
}

function forget(): void {
  sessionStorage.removeItem(SAVED.key);
  sessionStorage.removeItem(SAVED.body);
}
