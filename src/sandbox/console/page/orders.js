/* An order: what it is, what can be done to it, and what has happened to it. */
import { el, setAttribute, setReason, setText } from './dom.js';
import { duration, timeOf, words } from './words.js';

/** @import * as Told from '../console.types.js' */

/** @type {[Told.OrderAction, string][]} */
const ORDER_BUTTONS = [
  ['pay', 'Pay'],
  ['payHalf', 'Pay half'],
  ['fail', 'Fail'],
  ['payLate', 'Pay late'],
  ['overPay', 'Over-pay'],
  ['payUnheard', 'Pay, no webhook'],
  ['payHeld', 'Pay, hold webhooks'],
];

/** @param {string} kind */
const badge = (kind) => el('span', { class: `badge ${kind}` });

/**
 * @param {HTMLElement} node
 * @param {string} status
 * @param {string} [before]
 */
function setBadge(node, status, before = '') {
  setText(node, before + words(status));
  setAttribute(node, 'data-status', status);
}

/** @param {{ now: () => number, bind: import('./sections.js').Bind, timeline: (orderId: string) => Promise<Told.TimelineLine[]> }} page */
export const orderRow =
  ({ now, bind, timeline }) =>
  (/** @type {Told.OrderLine} */ { id }) => {
    const heading = el('h3', { id: `order-${id}` });
    const [status, money] = [badge('status'), badge('payment')];
    const [sum, what, wait] = [
      el('p', { class: 'sum' }),
      el('p', { class: 'what' }),
      el('p', { class: 'quiet' }),
    ];
    const buttons = ORDER_BUTTONS.map(([action, label]) => {
      const button = el('button', { type: 'button' }, label);
      bind(button, action, () => ({ orderId: id }));
      return { action, button };
    });
    const steps = el('ol', { class: 'timeline' });
    const history = /** @type {HTMLDetailsElement} */ (
      el('details', {}, el('summary', {}, 'Timeline'), steps)
    );
    let shown = -1;
    let version = 0;
    const tell = async () => {
      if (!history.open || shown === version) return;
      shown = version;
      const entries = await timeline(id);
      steps.replaceChildren(
        ...entries.map((entry) =>
          el(
            'li',
            {},
            el('time', {}, timeOf(entry.at)),
            ` ${words(entry.to)}: ${entry.reason} (${entry.by})`,
          ),
        ),
      );
    };
    history.addEventListener('toggle', () => void tell());
    return {
      node: el(
        'li',
        {},
        el('div', { class: 'head' }, heading, status, money, sum),
        what,
        wait,
        el(
          'div',
          { class: 'buttons', role: 'group', 'aria-labelledby': `order-${id}` },
          ...buttons.map(({ button }) => button),
        ),
        history,
      ),
      /** @param {Told.OrderLine} order */
      update(order) {
        version = order.version;
        setText(heading, order.number);
        setBadge(status, order.status);
        setBadge(money, order.paymentStatus, 'payment ');
        setText(sum, order.until === null ? order.total : `${order.total}, due ${order.due}`);
        setText(what, `${order.lines} for ${order.customer}`);
        const left = order.until === null ? 0 : order.until - now();
        setText(
          wait,
          order.until === null
            ? ''
            : left > 0
              ? `Overdue in ${duration(left)}`
              : 'Overdue: the next rollback gives it up',
        );
        wait.hidden = order.until === null;
        for (const { action, button } of buttons) {
          const reason = order.cannot[action];
          setReason(button, reason === null ? null : `${order.number}: ${reason}`);
        }
        void tell();
      },
    };
  };
