import { after, type Clock } from '../../platform/clock.js';
import { duplicateKey, type Database } from '../../platform/db.js';
import { AppError, messageOf, unavailable } from '../../platform/errors.js';
import { refuseOtherRequest } from '../../platform/idempotency.js';
import { newId, sha256 } from '../../platform/ids.js';
import type { JobReport } from '../../platform/jobs.js';
import type { Log } from '../../platform/log.js';
import { tryOne } from '../../platform/reports.js';
import type { Adjustment, AdjustmentStore } from './adjustments.store.js';
import type { Movement } from './movements.store.js';
import type { StockLedger } from './stock.ledger.js';
import { onHandTooLarge, tooFewFree } from './stock.rules.js';
import type { Stock } from './stock.service.js';
import type { HoldRef } from './stock.types.js';
import type { JudgeOwner } from './stock.sweep.js';

export type StockRequest = Pick<
  Adjustment,
  'productId' | 'kind' | 'units' | 'reason' | 'reference' | 'adminId' | 'idempotencyKey'
>;

/** A decrease that has not come through after this time may be ended by anybody. */
const LEASE_MS = 15_000;
const ROWS_A_PAGE = 100;

/** Changes of on hand by admins: each once for its key, however often it is asked for and wherever it dies. */
export type Adjustments = ReturnType<typeof createAdjustments>;

export function createAdjustments(deps: {
  rows: AdjustmentStore;
  ledger: Pick<StockLedger, 'read' | 'receive' | 'writeOff' | 'movement'>;
  stock: Pick<Stock, 'load' | 'take' | 'release' | 'consume' | 'apply'>;
  db: Pick<Database, 'transaction'>;
  clock: Pick<Clock, 'now'>;
  log: Log;
}) {
  const { rows, ledger, stock, db, clock, log } = deps;

  const newRow = (request: StockRequest): Adjustment => ({
    ...request,
    id: newId(),
    fingerprint: fingerprintOf(request),
    holds: request.units > 0 ? 'consumed' : 'open',
    gen: newId(),
    until: after(clock.now(), LEASE_MS),
    createdAt: clock.now(),
  });

  /** Ends a row that is open; answers what has become of it, by us or by whoever was quicker. */
  const end = async ({ id }: Adjustment): Promise<Adjustment['holds']> => {
    if (await rows.close(id, 'released')) return 'released';
    return (await rows.find(id))?.holds ?? 'released';
  };

  const movementOf = async ({ id, productId, kind }: Adjustment): Promise<Movement> => {
    const movement = await ledger.movement(productId, kind, id);
    if (movement === undefined) throw new Error(`the adjustment ${id} has no movement`);
    return movement;
  };

  /** What comes after the commit. The sweep and the reconciliation do it where this process does not get to it. */
  const finish = async (row: Adjustment): Promise<Movement> => {
    if (row.units > 0) await stock.apply(row.productId);
    else await best(() => stock.consume(holdOf(row)));
    return movementOf(row);
  };

  const increase = async (request: StockRequest): Promise<Movement> => {
    const row = newRow(request);
    const { productId, kind, units, reason, reference, id: ref } = row;
    await db.transaction(async (session) => {
      if ((await ledger.read(productId, session)).onHand + units > MOST_ON_HAND) throw onHandTooLarge(kind);
      await rows.insert(row, session);
      const actor = { kind: 'admin', id: row.adminId } as const;
      await ledger.receive({ productId, kind, units, reason, reference, ref, actor }, session);
    });
    return finish(row);
  };

  /** A sale without a customer: the row, its hold, the transaction, and the hold goes. */
  const decrease = async (request: StockRequest): Promise<Movement> => {
    const row = newRow(request);
    const { productId, gen } = row;
    const [units, cartId, owner] = [-row.units, cartOf(row), ownerOf(row)];
    await ledger.read(productId);
    // Loading ends what is open of the product, this row too if it were there.
    await stock.load(productId);

    await rows.insert(row);
    const taken = await stock.take({ productId, cartId, units, owner, gen }).catch(async (error: unknown) => {
      // Whether it was taken is not known.
      await giveUp(row);
      throw error;
    });
    if (taken.kind !== 'held') {
      await best(() => end(row));
      throw tooFewFree(productId, units, taken.kind === 'short' ? taken.available : 0);
    }
    await settle(row);
    return finish(row);
  };

  /** Throws where the row was ended meanwhile, and then nothing has changed. */
  const settle = async (row: Adjustment): Promise<void> => {
    const { productId, reason, id: ref } = row;
    const actor = { kind: 'admin', id: row.adminId } as const;
    const failed = await db
      .transaction(async (session) => {
        if (!(await rows.close(row.id, 'consumed', session))) throw unavailable('The stock of this product');
        await ledger.writeOff({ productId, units: -row.units, reason, ref, actor }, session);
      })
      .then(
        () => undefined,
        (error: unknown) => ({ error }),
      );
    if (failed === undefined) return;
    // A commit whose result is unknown is read back, never assumed.
    if ((await end(row)) === 'consumed') return;
    await best(() => stock.release(holdOf(row)));
    throw failed.error;
  };

  const giveUp = (row: Adjustment): Promise<void> =>
    best(async () => {
      if ((await end(row)) === 'released') await stock.release(holdOf(row));
    });

  /** What is left undone here, the sweep does. */
  const best = async (step: () => Promise<unknown>): Promise<void> => {
    await step().catch((error: unknown) => {
      log.warn({ error: messageOf(error) }, 'a step of an adjustment is left to the sweep');
    });
  };

  /** The answer that the key has already; undefined where it has none and may be used. */
  const answerOf = async (request: StockRequest): Promise<Movement | undefined> => {
    const row = await rows.findByKey(request.adminId, request.idempotencyKey);
    if (row === undefined) return undefined;
    refuseOtherRequest(row.fingerprint, fingerprintOf(request), 'change of stock');
    const isOver = row.holds === 'open' && row.until <= clock.now();
    const holds = isOver ? await end(row) : row.holds;
    if (holds === 'open') throw inProgress();
    if (holds === 'consumed') return finish(row);
    await best(() => stock.release(holdOf(row)));
    return undefined;
  };

  return {
    /**
     * Makes the change, or answers with the one that this key has made. Throws not_found; insufficient_stock where fewer
     * units are free than a decrease takes, and request_in_progress (409); idempotency_key_reused (422).
     */
    async record(request: StockRequest): Promise<Movement> {
      const known = await answerOf(request);
      if (known !== undefined) return known;
      try {
        return await (request.units > 0 ? increase(request) : decrease(request));
      } catch (error) {
        if (duplicateKey(error) === undefined) throw error;
        const quicker = await answerOf(request);
        if (quicker !== undefined) return quicker;
        throw inProgress();
      }
    },

    /** What the row says of that generation of its hold. One that is open for longer than its lease is ended. */
    async judge(owner: Parameters<JudgeOwner>[0], gen: string): ReturnType<JudgeOwner> {
      const row = await rows.find(owner.slice(owner.indexOf(':') + 1));
      if (row?.gen !== gen) return 'released';
      return row.holds === 'open' && row.until <= clock.now() ? end(row) : row.holds;
    },

    /** Ends what died before its transaction, and gives back what it holds. */
    async endOverdue(report: JobReport): Promise<void> {
      for (let skip = 0; ;) {
        const page = await rows.overdue(clock.now(), { skip, limit: ROWS_A_PAGE });
        for (const row of page) {
          const outcome = await tryOne(report, `adjustment ${row.id}`, async () => {
            if ((await end(row)) === 'released') await stock.release(holdOf(row));
            return true;
          });
          // It stays where it is, and the next page begins behind it.
          if (outcome === 'failed') skip += 1;
        }
        if (page.length < ROWS_A_PAGE) return;
      }
    },
  };
}

/** No product has more on hand than the contract can say. */
const MOST_ON_HAND = 1_000_000_000;

function cartOf({ id }: Adjustment): string {
  return `adjustment-${id}`;
}

function ownerOf({ id }: Adjustment): `adjustment:${string}` {
  return `adjustment:${id}`;
}

function holdOf(row: Adjustment): HoldRef {
  return { productId: row.productId, cartId: cartOf(row), gen: row.gen };
}

function fingerprintOf({ kind, productId, units, reason, reference }: StockRequest): string {
  return sha256(JSON.stringify([kind, productId, units, reason, reference]));
}

function inProgress(): AppError {
  return new AppError(
    'request_in_progress',
    'This request is being worked on at this moment. Please send it again with the same key.',
  );
}
