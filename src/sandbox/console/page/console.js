/*
 * The console's page. It looks once a second while somebody can see it, and changes what is shown in place: the focus, what
 * is open and what is typed stay as they are.
 */
import { byId, el, list, setAttribute, setReason, setText } from './dom.js';
import { section } from './frame.js';
import { orderRow } from './orders.js';
import { EVENT_COLUMNS, HOLD_COLUMNS, PAYMENT_COLUMNS, STOCK_COLUMNS } from './sections.js';
import { eventRow, holdRow, jobRow, leapRow, mailRow, paymentRow, stockRow, waitingRow } from './sections.js';
import { ask, endTold, say, sayTrouble } from './talk.js';
import { troubleRow } from './troubles.js';
import { dayAndTime, duration } from './words.js';

/** @import * as Told from '../console.types.js' */

const LOOK_MS = 1000;

/** @type {Told.State | undefined} */
let seen;
const now = () => seen?.clock.now ?? 0;
const realNow = () => seen?.realNow ?? 0;

/**
 * @param {string} action
 * @param {{ service?: string, seconds?: number }} body
 */
async function act(action, body) {
  say('Working…', 'working');
  try {
    const headers = { 'content-type': 'application/json' };
    /** @type {Told.Outcome} */
    const { message } = await ask(`/sandbox/do/${action}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    const { service = '', seconds = 0 } = body;
    if (action === 'trouble') sayTrouble(service, seconds, message);
    else say(message, 'done');
  } catch (error) {
    say(error instanceof Error ? error.message : String(error), 'refused');
  }
  await look();
}

/** @type {import('./sections.js').Bind} */
function bind(button, action, body) {
  button.addEventListener('click', () => void press(button, action, body()));
}

/**
 * A button that cannot be pressed says why; one that works is not pressed twice.
 * @param {Element} button
 * @param {string} action
 * @param {object} body
 */
async function press(button, action, body) {
  const reason = button.getAttribute('title');
  if (button.getAttribute('aria-disabled') === 'true') {
    say(reason ?? '', 'refused');
    return;
  }
  if (button.getAttribute('aria-busy') === 'true') return;
  button.setAttribute('aria-busy', 'true');
  await act(action, body);
  button.removeAttribute('aria-busy');
}

const [eyes, tools] = [byId('eyes'), byId('tools')];
const heldButtons = [
  { action: 'deliverHeld', label: 'Deliver held' },
  { action: 'deliverBackwards', label: 'Deliver held out of order' },
].map(({ action, label }) => {
  const button = el('button', { type: 'button' }, label);
  bind(button, action, () => ({}));
  return button;
});
const outbox = el('ul', { class: 'plain rows' });
/** @param {{ id: string }} thing */
const idOf = ({ id }) => id;

const show = {
  leaps: list(byId('leaps'), ({ minutes }) => String(minutes), leapRow(bind)),
  stock: section(eyes, {
    ...{ id: 'stock', title: 'Stock', columns: STOCK_COLUMNS, look: 'equations', most: 8 },
    ...{ keyOf: idOf, row: stockRow },
  }),
  orders: section(eyes, {
    ...{ id: 'orders', title: 'Orders', look: 'cards', most: 5 },
    empty: 'No orders yet. “Make an order” makes one.',
    keyOf: idOf,
    row: orderRow({ now, bind, timeline: (orderId) => ask(`/sandbox/orders/${orderId}/timeline`) }),
  }),
  holds: section(eyes, {
    ...{ id: 'holds', title: 'Carts and holds', columns: HOLD_COLUMNS, look: 'stacking', most: 8 },
    ...{ empty: 'Nobody holds anything.', keyOf: idOf, row: holdRow(now) },
  }),
  payments: section(eyes, {
    ...{ id: 'payments', title: 'Payments', columns: PAYMENT_COLUMNS, look: 'stacking', most: 5 },
    ...{ empty: 'No money has come yet.', keyOf: idOf, row: paymentRow },
  }),
  events: section(eyes, {
    ...{ id: 'webhooks', title: 'Webhooks', columns: EVENT_COLUMNS, look: 'stacking', most: 5 },
    ...{ empty: 'Razorpay has nothing to tell yet.', keyOf: idOf, row: eventRow(bind) },
    before: [el('div', { class: 'buttons' }, ...heldButtons)],
  }),
  mails: section(eyes, {
    ...{ id: 'mails', title: 'Mails', look: 'mails', most: 5, empty: 'No mail has arrived yet.' },
    ...{ keyOf: idOf, row: mailRow, before: [outbox] },
  }),
  outbox: list(outbox, idOf, waitingRow),
  troubles: section(tools, {
    ...{ id: 'trouble', title: 'Trouble' },
    keyOf: ({ service }) => service,
    row: troubleRow({ bind, realNow }),
  }),
  jobs: section(tools, {
    ...{ id: 'jobs', title: 'Jobs', look: 'rows' },
    keyOf: ({ name }) => name,
    row: jobRow({ bind, now }),
  }),
};

/**
 * The rows of a section that tells more than rows.
 * @template Data, Item
 * @param {Told.Section<Data>} section
 * @param {(data: Data) => readonly Item[]} rowsOf
 * @returns {Told.Section<readonly Item[]>}
 */
function rowsIn({ data, problem }, rowsOf) {
  return { data: data === null ? null : rowsOf(data), problem };
}

/** @param {Told.State} state */
function render(state) {
  seen = state;
  const { clock, stock, events } = state;
  setText(byId('now'), dayAndTime(clock.now));
  setText(byId('ahead'), clock.aheadMs === 0 ? 'real time' : `${duration(clock.aheadMs)} ahead`);
  show.leaps(clock.leaps);
  const more = stock.data?.more ?? 0;
  show.stock(
    rowsIn(stock, ({ lines }) => lines),
    more === 0 ? '' : `and ${more} older products`,
  );
  showProducts(stock.data?.lines ?? []);
  show.holds(rowsIn(stock, ({ holds }) => holds));
  show.orders(state.orders);
  show.payments(state.payments);
  show.events(rowsIn(events, ({ lines }) => lines));
  if (events.data !== null)
    for (const button of heldButtons) setReason(button, events.data.cannotDeliverHeld);
  show.mails(state.mails);
  if (state.outbox.data !== null) show.outbox(state.outbox.data);
  show.troubles({ data: state.troubles, problem: null });
  show.jobs(state.jobs);
  endTold(state.troubles);
}

/** @param {Told.StockLine[]} lines */
function showProducts(lines) {
  const select = /** @type {HTMLSelectElement} */ (byId('make-product'));
  for (const { id, name } of lines) {
    if ([...select.options].some(({ value }) => value === id)) continue;
    select.append(new Option(name, id));
  }
}

let looking = false;

/** @param {string} text */
function setLiveness(text) {
  setText(byId('liveness'), text);
  setAttribute(byId('liveness'), 'data-live', String(text === 'live'));
}

async function look() {
  if (looking) return;
  looking = true;
  try {
    render(await ask('/sandbox/state'));
    setLiveness('live');
  } catch (error) {
    setLiveness('no answer');
    if (seen === undefined) say(error instanceof Error ? error.message : String(error), 'refused');
  }
  looking = false;
}

/** One look after the other, and none while nobody sees the page. */
async function follow() {
  for (;;) {
    if (!document.hidden) await look();
    else setLiveness('paused');
    await new Promise((wait) => setTimeout(wait, LOOK_MS));
  }
}

/**
 * @param {string} id
 * @param {(submitter: HTMLElement | null) => void} submit
 */
function onSubmit(id, submit) {
  byId(id).addEventListener('submit', (event) => {
    event.preventDefault();
    submit(event instanceof SubmitEvent ? event.submitter : null);
  });
}

/** @param {string} id */
const valueOf = (id) => /** @type {HTMLInputElement | HTMLSelectElement} */ (byId(id)).value;

onSubmit('make-form', (submitter) => {
  const productId = valueOf('make-product');
  const body = { units: Number(valueOf('make-units')), ...(productId !== '' && { productId }) };
  if (submitter !== null) void press(submitter, submitter.dataset['action'] ?? 'makeOrder', body);
});
onSubmit('clock-form', (submitter) => {
  if (submitter !== null) void press(submitter, 'clock', { minutes: Number(valueOf('clock-minutes')) });
});
document.addEventListener('visibilitychange', () => {
  if (document.hidden) setLiveness('paused');
  else void look();
});
void follow();
