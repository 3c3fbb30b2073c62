/*
 * The page in Checkout's frame: shows what is due, lets the customer pay or the bank refuse, and tells the page that opened
 * it. It speaks to no other origin than the one that the opener named, and the browser delivers to that one alone.
 */
const given = new URLSearchParams(location.search);
const text = (/** @type {string} */ name) => given.get(name) ?? '';
const openerOrigin = text('parent_origin');
const order = text('order_id');
const key = text('key');
const amount = given.has('amount') ? Number(given.get('amount')) : undefined;

/** @param {string} selector */
function find(selector) {
  const found = document.querySelector(selector);
  if (!(found instanceof HTMLElement)) throw new Error(`frame.html has no ${selector}`);
  return found;
}

const choices = /** @type {HTMLFieldSetElement} */ (find('#choices'));

/** @param {object} message */
function tell(message) {
  parent.postMessage(message, openerOrigin);
}

/**
 * The answer of the sandbox; throws in its words where it refuses.
 * @template T
 * @param {string} path
 * @param {RequestInit} [init]
 * @returns {Promise<T>}
 */
async function ask(path, init) {
  const response = await fetch(path, init);
  /** @type {unknown} */
  const answer = await response.json();
  if (response.ok) return /** @type {T} */ (answer);
  throw new Error(/** @type {{ error: { description: string } }} */ (answer).error.description);
}

/** @param {string} words */
function say(words) {
  find('#told').textContent = words;
}

/** The customer's choice, and what came of it. @param {HTMLElement} button */
async function pay(button) {
  choices.disabled = true;
  say('');
  try {
    /** @type {Record<string, string> & { error?: { description: string } }} */
    const answer = await ask('/v1/checkout/payments', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        ...{ key, order_id: order, method: button.dataset['method'], amount },
        refuse: button.dataset['refuse'] !== undefined,
      }),
    });
    if (answer.error === undefined) {
      tell({ event: 'paid', response: answer });
      return;
    }
    say(`${answer.error.description} You can try again.`);
    tell({ event: 'failed', error: answer.error });
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
  }
  choices.disabled = false;
  button.focus();
}

async function show() {
  find('#shop').textContent = text('name') || 'Checkout';
  find('#description').textContent = text('description');
  find('#customer').textContent = text('email');
  find('#close').addEventListener('click', () => tell({ event: 'dismissed' }));
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && text('escape') === 'true') tell({ event: 'dismissed' });
  });
  for (const button of choices.querySelectorAll('button')) {
    button.addEventListener('click', () => void pay(button));
  }
  /** @type {{ amount_due: number, currency: string, status: string }} */
  const due = await ask(`/v1/checkout/orders/${encodeURIComponent(order)}?${new URLSearchParams({ key })}`);
  const format = new Intl.NumberFormat('en-IN', { style: 'currency', currency: due.currency });
  const decimals = format.resolvedOptions().maximumFractionDigits ?? 2;
  find('#amount').textContent = format.format((amount ?? due.amount_due) / 10 ** decimals);
  if (due.status === 'paid') {
    say('This order is paid already.');
    return;
  }
  choices.disabled = false;
  choices.querySelector('button')?.focus();
}

show().catch((/** @type {unknown} */ error) => say(error instanceof Error ? error.message : String(error)));
