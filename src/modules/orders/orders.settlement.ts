import { after, type Clock } from '../../platform/clock.js';
import type { Database, Session } from '../../platform/db.js';
import { newId } from '../../platform/ids.js';
import type { Stock } from '../stock/stock.service.js';
import { nextStep, net, type Step } from './orders.rules.js';
import type { OrderStore } from './orders.store.js';
import type { Actor, Change, Note, Order } from './orders.types.js';

/** Refunds that are decided are written, with the new sums, in the same transaction; each payment has one of its own. */
export type RefundRequests = {
  request(
    input: { orderId: string; amount: number; reason: string },
    session: Session,
  ): Promise<readonly DecidedRefund[]>;
};

/** A refund that carries money back: by Razorpay, or `to_be_paid_out` by the shop's own hand. */
export type DecidedRefund = { id: string; state: string };

/** Money that goes back to the customer, and the refunds that carry it. */
export type Returned = { amount: number; reason: string; refunds: readonly DecidedRefund[] };

/** The mails that an order causes, written with the change that causes them. */
export type OrderMails = {
  confirmed(order: Order, session: Session): Promise<void>;
  refunded(order: Order, returned: Returned, session: Session): Promise<void>;
};

/** How long one worker may take to get the stock of a late order again; then another may try. */
const ATTEMPT_LEASE_MS = 15_000;
const MOST_STEPS = 20;
const SYSTEM: Actor = { kind: 'system', id: null };

/**
 * Brings an order to where its money and its holds say that it belongs, one compare-and-set after the other. Anybody may
 * call it at any time, twice or at once: a webhook, the customer's verification, a sweep after a crash.
 */
export type Settlement = ReturnType<typeof createSettlement>;

export function createSettlement(deps: {
  orders: OrderStore;
  stock: Pick<Stock, 'take' | 'release' | 'consume' | 'holdOf' | 'load' | 'sell' | 'apply'>;
  refunds: RefundRequests;
  mails: OrderMails;
  /** Called when something was committed that another job should look at soon: mails, refunds. */
  wake: () => void;
  db: Pick<Database, 'transaction'>;
  clock: Pick<Clock, 'now'>;
}) {
  const { orders, stock, clock } = deps;
  const system = (reason: string): Note => ({ actor: SYSTEM, reason });

  /** Whether nothing is left to do once `change` is written: then the sweep need not look any more. */
  const change = (
    order: Order,
    patch: Change,
    note?: Note,
    session?: Session,
  ): Promise<Order | undefined> => {
    const left = nextStep({ ...order, ...patch }, clock.now()).kind !== 'nothing';
    return orders.change(order, { ...patch, attention: left }, note, session);
  };

  /** Runs `step` on every line with a product that Redis knows; false where that cannot be had now. */
  const onEveryLine = async (
    order: Order,
    gens: readonly string[],
    step: (ref: { productId: string; cartId: string; gen: string }) => Promise<{ kind: string }>,
  ): Promise<boolean> => {
    for (const gen of gens) {
      for (const { productId } of order.lines) {
        const ref = { productId, cartId: order.cartId, gen };
        if ((await step(ref)).kind !== 'notloaded') continue;
        await stock.load(productId);
        if ((await step(ref)).kind === 'notloaded') return false;
      }
    }
    return true;
  };

  const releaseGens = (order: Order, gens: readonly string[]) =>
    onEveryLine(order, gens, (ref) => stock.release(ref));

  /** The holds are only looked at: taking a missing one here would sell what somebody else may have bought meanwhile. */
  const holdsAreOurs = async (order: Order): Promise<boolean> => {
    for (const { productId, quantity } of order.lines) {
      const { hold } = await stock.holdOf(productId, order.cartId);
      const ours = hold?.owner === `order:${order.id}` && hold.gen === order.gen && hold.units === quantity;
      if (!ours) return false;
    }
    return true;
  };

  /** One transaction: paid, on hand down, movements, mail. Afterwards the holds are only deleted. */
  const markPaid = async (order: Order, reason: string): Promise<void> => {
    const paid = await deps.db.transaction(async (session) => {
      const patch = { status: 'paid', holds: 'consumed', settled: false, attempt: null } as const;
      const changed = await change(order, patch, system(reason), session);
      if (changed === undefined) return undefined;
      const lines = order.lines.map(({ productId, quantity }) => ({ productId, units: quantity }));
      await stock.sell(lines, order.id, session);
      await deps.mails.confirmed(changed, session);
      return changed;
    });
    if (paid !== undefined) deps.wake();
  };

  const refund = async (
    order: Order,
    patch: Change,
    { amount, reason }: { amount: number; reason: string },
  ): Promise<void> => {
    const decided = await deps.db.transaction(async (session) => {
      const changed = await orders.change(
        order,
        { ...patch, attention: true },
        system(`refund: ${reason}`),
        session,
      );
      if (changed === undefined) return undefined;
      const refunds = await deps.refunds.request({ orderId: order.id, amount, reason }, session);
      await deps.mails.refunded(changed, { amount, reason, refunds }, session);
      return changed;
    });
    if (decided !== undefined) deps.wake();
  };

  /** Late money: the stock is taken again under a new generation, for all lines or none. */
  const attempt = async (order: Order): Promise<void> => {
    const started = await orders.change(
      order,
      {
        holds: 'open',
        gen: newId(),
        pastGens: [...order.pastGens, order.gen],
        attempt: { id: newId(), until: after(clock.now(), ATTEMPT_LEASE_MS) },
        attention: true,
      },
      undefined,
    );
    if (started === undefined || !(await releaseGens(started, started.pastGens))) return;
    for (const { productId, quantity } of started.lines) {
      const owner = `order:${started.id}` as const;
      const wanted = { productId, cartId: started.cartId, units: quantity, owner, gen: started.gen };
      const { kind } = await stock.take(wanted);
      if (kind === 'held') continue;
      // An earlier attempt that was asleep has just taken it. The next one, after the lease, gives that back first.
      if (kind === 'owned') return;
      const reason = 'the payment came late and the stock had been sold meanwhile';
      const patch = { decision: 'refund', holds: 'released', settled: false, attempt: null } as const;
      await refund(started, patch, { amount: net(started.money), reason });
      return;
    }
    await markPaid(started, 'paid late; the stock was taken again');
  };

  const steps: Readonly<Record<Step['kind'], (order: Order) => Promise<'again' | 'stop'>>> = {
    nothing: async (order) => {
      if (order.attention) await orders.change(order, { attention: false }, undefined);
      return 'stop';
    },
    wait: () => Promise.resolve('stop'),
    'finish-release': async (order) => {
      if (!(await releaseGens(order, [order.gen, ...order.pastGens]))) return 'stop';
      await change(order, { settled: true });
      return 'again';
    },
    'finish-consume': async (order) => {
      const done = await onEveryLine(order, [order.gen], (ref) => stock.consume(ref));
      if (!done) return 'stop';
      // What was sold and then cancelled is on hand again; each unit is made available once.
      if (order.status === 'cancelled') for (const line of order.lines) await stock.apply(line.productId);
      await change(order, { settled: true });
      return 'again';
    },
    pay: async (order) => {
      if (await holdsAreOurs(order)) await markPaid(order, 'paid in full');
      else {
        const reason = 'paid, but the order no longer held its stock';
        await change(order, { status: 'failed', holds: 'released', settled: false }, system(reason));
      }
      return 'again';
    },
    'mark-rolled-back': async (order) => {
      const patch = { status: 'failed_stock_rolledback', holds: 'released', settled: false } as const;
      await change(order, patch, system('failed; its stock goes back'));
      return 'again';
    },
    attempt: async (order) => {
      await attempt(order);
      return 'again';
    },
    'end-attempt': async (order) => {
      await change(order, { holds: 'released', settled: false, attempt: null });
      return 'again';
    },
    refund: async (order) => {
      const step = nextStep(order, clock.now());
      if (step.kind === 'refund') await refund(order, step.decide ? { decision: 'refund' } : {}, step);
      return 'again';
    },
  };

  const settle = async (orderId: string): Promise<Order | undefined> => {
    for (let round = 1; round <= MOST_STEPS; round += 1) {
      const order = await orders.find(orderId);
      if (order === undefined) return undefined;
      const step = nextStep(order, clock.now());
      if (step.kind === 'nothing' && !order.attention) return order;
      if ((await steps[step.kind](order)) === 'stop') return orders.find(orderId);
    }
    throw new Error(`order ${orderId} does not come to rest`);
  };

  return {
    /** Takes every step that is due, until nothing is or somebody else is at it. Answers the order as it is then. */
    settle,

    /** Gives the stock of an overdue order back, unless money came or somebody else moved it since it was read. */
    async rollBack(order: Order): Promise<boolean> {
      const patch = { status: 'pending_stock_rolledback', holds: 'released', settled: false } as const;
      const rolledBack = await change(order, patch, system('not paid in time; its stock goes back'));
      if (rolledBack === undefined) return false;
      await settle(order.id);
      return true;
    },

    /** Ends the attempt of a late order, for a product that has to be loaded anew. */
    async endAttempt(order: Order): Promise<boolean> {
      const ended = await change(order, { holds: 'released', settled: false, attempt: null });
      return ended !== undefined;
    },
  };
}
