/*
 * The console's page. It looks once a second while somebody can see it, and changes what is shown in place: the focus, what
 * is open and what is typed stay as they are.
 */
import { byId, list, setAttribute, setReason, setText } from './dom.js';
import { orderRow } from './orders.js';
import { eventRow, holdRow, jobRow, leapRow, mailRow, paymentRow, stockRow, waitingRow } from './sections.js';
import { troubleRow } from './troubles.js';
import { dayAndTime, duration } from './words.js';

/** @import * as Told from '../console.types.js' */

const LOOK_MS = 1000;

/** @type {Told.State | undefined} */
let seen;
const now = () => seen?.clock.now ?? 0;
const realNow = () => seen?.realNow ?? 0;

/**
 * @param {string} text
 * @param {'done' | 'refused' | 'working'} kind
 */
function say(text, kind) {
  const result = byId('result');
  setText(result, text);
  setAttribute(result, 'data-kind', kind);
}

/**
 * What the server says; throws its reason where it refuses.
 * @template T
 * @param {string} path
 * @param {RequestInit} [init]
 * @returns {Promise<T>}
 */
async function ask(path, init) {
  const response = await fetch(path, init);
  /** @type {unknown} */
  const answer = await response.json();
  // The console's own server answers with nothing but what its types say.
  const body = /** @type {T & { error?: string }} */ (answer);
  if (!response.ok) throw new Error(body.error ?? `The server answered ${response.status}.`);
  return body;
}

/**
 * @param {string} action
 * @param {object} body
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
    say(message, 'done');
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

const show = {
  leaps: list(byId('leaps'), ({ minutes }) => String(minutes), leapRow(bind)),
  stock: list(byId('stock-list'), ({ id }) => id, stockRow),
  holds: list(byId('hold-list'), ({ id }) => id, holdRow(now)),
  orders: list(
    byId('order-list'),
    ({ id }) => id,
    orderRow({ now, bind, timeline: (orderId) => ask(`/sandbox/orders/${orderId}/timeline`) }),
  ),
  payments: list(byId('payment-list'), ({ id }) => id, paymentRow),
  events: list(byId('event-list'), ({ id }) => id, eventRow(bind)),
  mails: list(byId('mail-list'), ({ id }) => id, mailRow),
  outbox: list(byId('outbox-list'), ({ id }) => id, waitingRow),
  troubles: list(byId('troubles'), ({ service }) => service, troubleRow({ bind, realNow })),
  jobs: list(byId('job-list'), ({ name }) => name, jobRow({ bind, now })),
};

/**
 * Shows what was read; where it could not be, says so and leaves what was there.
 * @template T
 * @param {string} id of the section
 * @param {Told.Section<T>} section
 * @param {(data: T) => number} render answers how many there are
 */
function showSection(id, { data, problem }, render) {
  const section = byId(id);
  const told = section.querySelector('.problem');
  if (told instanceof HTMLElement) {
    told.hidden = problem === null;
    setText(told, problem === null ? '' : `Cannot be read at the moment; below is what was. ${problem}`);
  }
  if (data === null) return;
  const count = render(data);
  const [empty, table] = [section.querySelector('.empty'), section.querySelector('table')];
  if (empty instanceof HTMLElement) empty.hidden = count > 0;
  if (table !== null) table.hidden = count === 0;
}

/** @param {Told.State} state */
function render(state) {
  seen = state;
  setText(byId('now'), dayAndTime(state.clock.now));
  const { aheadMs } = state.clock;
  setText(byId('ahead'), aheadMs === 0 ? 'real time' : `${duration(aheadMs)} ahead`);
  show.leaps(state.clock.leaps);
  showSection('stock', state.stock, ({ lines, more }) => {
    show.stock(lines);
    showProducts(lines);
    byId('stock-more').hidden = more === 0;
    setText(byId('stock-more'), `and ${more} older products`);
    return lines.length;
  });
  showSection('holds', state.stock, ({ holds }) => (show.holds(holds), holds.length));
  showSection('orders', state.orders, (orders) => (show.orders(orders), orders.length));
  showSection('payments', state.payments, (payments) => (show.payments(payments), payments.length));
  showSection('webhooks', state.events, ({ lines, cannotDeliverHeld }) => {
    show.events(lines);
    for (const id of ['deliver-held', 'deliver-backwards']) setReason(byId(id), cannotDeliverHeld);
    return lines.length;
  });
  showSection('mails', state.mails, (mails) => (show.mails(mails), mails.length));
  if (state.outbox.data !== null) show.outbox(state.outbox.data);
  show.troubles(state.troubles);
  showSection('jobs', state.jobs, (jobs) => (show.jobs(jobs), jobs.length));
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
bind(byId('deliver-held'), 'deliverHeld', () => ({}));
bind(byId('deliver-backwards'), 'deliverBackwards', () => ({}));
document.addEventListener('visibilitychange', () => {
  if (document.hidden) setLiveness('paused');
  else void look();
});
void follow();
