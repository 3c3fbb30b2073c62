/* How each kind of thing is shown. A row is made once and then updated in place. */
import { el, setAttribute, setReason, setText } from './dom.js';
import { duration, interval, timeOf, words } from './words.js';

/** @import * as Told from '../console.types.js' */

/**
 * What the page can do: run an action of the server's for the button that was pressed.
 * @typedef {(button: Element, action: string, body: () => object) => void} Bind
 */

/** @param {string[]} labels */
function cells(labels) {
  return labels.map((label) => el('td', { 'data-label': label }));
}

/**
 * @param {HTMLElement[]} row
 * @param {string[]} texts
 */
function fill(row, texts) {
  row.forEach((cell, i) => setText(cell, texts[i] ?? ''));
}

export const STOCK_COLUMNS = [
  ...['Product', 'On hand', '= Available', '+ Carts', '+ Orders', '+ In flight', 'Equation'],
];

/** @param {Told.StockLine} line */
export function stockRow({ id }) {
  const name = el('th', { scope: 'row' });
  const numbers = cells(['on hand', 'available', 'carts', 'orders', 'in flight']);
  const verdict = el('td', { class: 'verdict' });
  return {
    node: el('tr', { 'data-id': id }, name, ...numbers, verdict),
    /** @param {Told.StockLine} line */
    update(line) {
      setText(name, line.name);
      fill(numbers, [line.onHand, line.available, line.carts, line.orders, line.inFlight].map(String));
      setText(verdict, line.isTrue ? '✓ holds' : '✗ broken');
      setAttribute(verdict, 'data-holds', String(line.isTrue));
    },
  };
}

export const HOLD_COLUMNS = ['Product', 'Units', 'Held by', 'Lapses'];

/** @param {() => number} now */
export const holdRow = (now) => () => {
  const row = cells(HOLD_COLUMNS);
  return {
    node: el('tr', {}, ...row),
    /** @param {Told.HoldLine} hold */
    update({ product, units, who, until }) {
      const lapses =
        until === null ? 'with the order' : until <= now() ? 'now due' : `in ${duration(until - now())}`;
      fill(row, [product, String(units), who, lapses]);
    },
  };
};

export const PAYMENT_COLUMNS = ['Order', 'Amount', 'Method', 'At Razorpay', 'Recorded', 'Returned'];

/** @param {Told.PaymentLine} payment */
export function paymentRow({ id }) {
  const row = cells(PAYMENT_COLUMNS);
  return {
    node: el('tr', { title: id }, ...row),
    /** @param {Told.PaymentLine} payment */
    update({ order, amount, method, atRazorpay, recorded, returned }) {
      fill(row, [
        order,
        amount,
        method,
        atRazorpay ?? 'unknown there',
        recorded ?? 'not heard of yet',
        returned ?? '–',
      ]);
    },
  };
}

/** The last one is that of the buttons. */
export const EVENT_COLUMNS = ['Event', 'Order', 'At Razorpay', 'Answered', 'Inbox', 'Again'];

/** @param {Bind} bind */
export const eventRow =
  (bind) =>
  (/** @type {Told.EventLine} */ { id }) => {
    const row = cells(EVENT_COLUMNS.slice(0, -1));
    /** @type {[Told.EventAction, HTMLElement][]} */
    const buttons = [
      ['deliver', el('button', { type: 'button' }, 'Deliver')],
      ['deliverTwice', el('button', { type: 'button' }, 'Deliver twice')],
    ];
    for (const [action, button] of buttons) bind(button, action, () => ({ eventId: id }));
    const group = el('div', { class: 'buttons', role: 'group' }, ...buttons.map(([, button]) => button));
    return {
      node: el('tr', { title: id }, ...row, el('td', {}, group)),
      /** @param {Told.EventLine} line */
      update({ event, order, status, deliveries, verdict, cannot }) {
        setAttribute(group, 'aria-label', `${event} of ${order}`);
        fill(row, [
          event,
          order,
          words(status),
          deliveries.join(', ') || 'not sent',
          verdict ?? 'not arrived',
        ]);
        for (const [action, button] of buttons) setReason(button, cannot[action]);
      },
    };
  };

/** A mail, shown in a frame that can run nothing; it is loaded when it is opened for the first time. */
export function mailRow(/** @type {Told.MailLine} */ { id, to, subject, at }) {
  const summary = el('summary', {}, el('strong', {}, subject), el('span', { class: 'quiet' }, ` to ${to}`));
  if (at !== null) summary.append(el('time', { class: 'quiet' }, timeOf(at)));
  const details = /** @type {HTMLDetailsElement} */ (el('details', {}, summary));
  details.addEventListener('toggle', () => {
    if (details.querySelector('iframe') !== null) return;
    details.append(el('iframe', { src: `/sandbox/mails/${id}`, title: `${subject}, to ${to}`, sandbox: '' }));
  });
  return { node: el('li', {}, details), update: () => undefined };
}

export function waitingRow() {
  const text = el('span');
  return {
    node: el('li', {}, text),
    /** @param {Told.MailLine} mail */
    update: ({ to, subject, waits, at }) =>
      setText(text, `${words(subject)} to ${to}: ${waits ?? `sent ${timeOf(at ?? 0)}`}`),
  };
}

/** @param {{ bind: Bind, now: () => number }} page */
export const jobRow =
  ({ bind, now }) =>
  (/** @type {Told.JobLine} */ { name }) => {
    const last = el('span', { class: 'quiet' });
    const button = el('button', { type: 'button', 'aria-label': `Run now: ${name}` }, 'Run now');
    bind(button, 'job', () => ({ name }));
    return {
      node: el('li', {}, el('span', { class: 'grow' }, el('strong', {}, name), last), button),
      /** @param {Told.JobLine} job */
      update({ lastAt, outcome, everySeconds }) {
        const ago = lastAt === null ? '' : `${duration(now() - lastAt)} ago: `;
        setText(last, `every ${interval(everySeconds)}; ${ago}${outcome}`);
      },
    };
  };

/** @param {Bind} bind */
export const leapRow =
  (bind) =>
  (/** @type {Told.Leap} */ { minutes, label, effect }) => {
    const button = el('button', { type: 'button' }, label);
    bind(button, 'clock', () => ({ minutes }));
    return {
      node: el('li', {}, button, el('span', { class: 'quiet grow' }, effect)),
      update: () => undefined,
    };
  };
