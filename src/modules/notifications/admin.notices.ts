import type { Clock } from '../../platform/clock.js';
import type { Session } from '../../platform/db.js';
import { formatMoney, type Money } from '../../platform/money.js';
import type { MailData } from './notifications.content.js';
import type { Outbox } from './notifications.service.js';
import type { DeadMail } from './notifications.store.js';

type Notice = MailData['admin_notice'];

/** Rows that one notice names; the rest is counted. */
const NAMED = 20;

/**
 * Notices to the shop itself, each once for its cause, in the transaction that causes it. Without an address to send
 * them to there are none.
 */
export type AdminNotices = ReturnType<typeof createAdminNotices>;

export function createAdminNotices(deps: {
  outbox: Pick<Outbox, 'add'>;
  to: string | undefined;
  clock: Pick<Clock, 'now'>;
}) {
  const { outbox, to, clock } = deps;

  const add = async (cause: string, data: Notice, session: Session): Promise<void> => {
    if (to === undefined) return;
    await outbox.add({ kind: 'admin_notice', to, data, dedupeKey: `admin_notice:${cause}` }, session);
  };

  return {
    async orderPaid(
      order: { id: string; number: string; customer: string; lines: readonly string[]; total: Money },
      session: Session,
    ): Promise<void> {
      const total = formatMoney(order.total);
      const facts = [
        { label: 'Customer', value: order.customer },
        ...order.lines.slice(0, NAMED).map((value) => ({ label: 'Item', value })),
        ...more(order.lines.length),
        { label: 'Total', value: total },
      ];
      const subject = `Order ${order.number} is paid: ${total}`;
      const summary = `Order ${order.number} has been paid in full. It waits to be shipped.`;
      await add(`order_paid:${order.id}`, { subject, summary, facts, advice: null }, session);
    },

    /** Of a refund that is refused again and again, or that failed for good. */
    async refundTroubled(
      refund: { id: string; orderNumber: string; amount: Money; state: 'refused' | 'failed'; why: string },
      session: Session,
    ): Promise<void> {
      const what = `The refund of ${formatMoney(refund.amount)} for order ${refund.orderNumber}`;
      const isOver = refund.state === 'failed';
      const notice = {
        subject: `${what} ${isOver ? 'has failed' : 'is refused again and again'}`,
        summary: isOver
          ? `${what} could not be done by Razorpay.`
          : `${what} is refused by Razorpay again and again. It is tried on, every hour.`,
        facts: [{ label: 'Reason', value: refund.why }],
        advice: isOver
          ? 'Please pay it out another way, and confirm the payout.'
          : 'Please look at it in the dashboard of Razorpay: often the balance is too low. Withdraw the refund before you make it by another way.',
      };
      await add(`refund_${refund.state}:${refund.id}`, notice, session);
    },

    /** Of numbers that nothing explains. `cause` is new for each finding. */
    async drift(
      cause: string,
      found: { repaired: readonly string[]; unexplained: readonly string[] },
      session: Session,
    ): Promise<void> {
      const { repaired, unexplained } = found;
      const rows = [
        ...unexplained.map((value) => ({ label: 'Not explained', value })),
        ...repaired.map((value) => ({ label: 'Repaired', value })),
      ];
      const notice = {
        subject: `Reconciliation: ${unexplained.length} not explained, ${repaired.length} repaired`,
        summary: 'The reconciliation found numbers that nothing explains.',
        facts: [...rows.slice(0, NAMED), ...more(rows.length)],
        advice: 'The report of the reconciliation (GET /v1/admin/reconciliation) shows them as they are now.',
      };
      await add(`drift:${cause}`, notice, session);
    },

    /** Of mails that are given up, once a day at most; never of a notice to the shop itself, which would go in a circle. */
    async mailDied(mail: DeadMail, session: Session): Promise<void> {
      if (mail.to === to) return;
      const notice = {
        subject: 'A mail could not be sent',
        summary: `A mail to ${mail.to} was given up. There may be more: this notice comes once a day at most.`,
        facts: [
          { label: 'Kind', value: mail.kind },
          { label: 'Reason', value: mail.error },
        ],
        advice:
          'The list of mails (GET /v1/admin/mails?state=dead) shows all of them, and can send them again.',
      };
      await add(`mail_died:${clock.now().toISOString().slice(0, 10)}`, notice, session);
    },
  };
}

function more(rows: number): Notice['facts'] {
  return rows > NAMED ? [{ label: 'And', value: `${rows - NAMED} more` }] : [];
}
