import { newId } from '../../src/platform/ids.js';
import { after } from '../../src/platform/clock.js';
import type { OwnerVerdict } from '../../src/modules/stock/stock.sweep.js';
import type { Process } from './process.js';
import type { World } from './world.js';

/** An admin's decrease of stock: a sale without a customer. */
export type Adjustment = {
  id: string;
  productId: string;
  units: number;
  gen: string;
  holds: 'open' | 'released' | 'consumed';
  until: Date;
};

const LEASE_MS = 60_000;

/** What MongoDB would say of the adjustments; each call is to be made as one step. */
export function adjustmentRows({ adjustments, clock }: World) {
  return {
    insert(row: Omit<Adjustment, 'holds' | 'until'>): void {
      adjustments.set(row.id, { ...row, holds: 'open', until: after(clock.now(), LEASE_MS) });
    },
    /** False where the row is not open any more, or not there. */
    close(id: string, holds: 'released' | 'consumed'): boolean {
      const row = adjustments.get(id);
      if (row?.holds !== 'open') return false;
      row.holds = holds;
      return true;
    },
    judge(id: string, gen: string): OwnerVerdict {
      const row = adjustments.get(id);
      if (row?.gen !== gen) return 'released';
      if (row.holds === 'open' && row.until <= clock.now()) row.holds = 'released';
      return row.holds;
    },
    release(productId: string): void {
      for (const row of adjustments.values()) {
        if (row.productId === productId && row.holds === 'open') row.holds = 'released';
      }
    },
  };
}

/** The decrease as the protocol says it: a row, then its hold, then one transaction, then the hold goes. */
export async function decrease(
  world: World,
  process: Process,
  productId: string,
  units: number,
): Promise<void> {
  const { stock, gate } = process;
  const rows = adjustmentRows(world);
  const [id, gen] = [newId(), newId()];
  const cartId = `adjustment-${id}`;
  const owner = `adjustment:${id}` as const;

  await gate('adjustment row', async () => rows.insert({ id, productId, units, gen }));
  const taken = await stock.take({ productId, cartId, units, owner, gen });

  if (taken.kind !== 'held') {
    await gate('adjustment released', async () => rows.close(id, 'released'));
    return;
  }
  const done = await gate('adjustment transaction', async () => {
    if (world.adjustments.get(id)?.holds !== 'open') return false;
    await world.db.transaction((session) => world.stores.ledger.sell([{ productId, units }], id, session));
    return rows.close(id, 'consumed');
  });
  await (done ? stock.consume({ productId, cartId, gen }) : stock.release({ productId, cartId, gen }));
}
