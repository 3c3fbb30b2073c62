/** What a carrier says of a parcel. */
export type CheckpointStatus = 'in_transit' | 'out_for_delivery' | 'exception' | 'delivered' | 'returned';

export type ShipmentStatus = 'created' | CheckpointStatus;

/** Where a parcel was, and when. `id` follows from what it says, so that the same checkpoint has the same one. */
export type Checkpoint = {
  id: string;
  status: CheckpointStatus;
  at: Date;
  place: string | null;
  note: string | null;
  recordedAt: Date;
};

/** The most that a shipment takes. */
export const MOST_CHECKPOINTS = 100;

/** Clocks of carriers may be ahead of ours by so much. */
export const AHEAD_MS = 15 * 60_000;

/** Which of two checkpoints of the same moment is the later one: what comes further on a parcel's way. */
const RANK: Readonly<Record<CheckpointStatus, number>> = {
  in_transit: 0,
  out_for_delivery: 1,
  exception: 2,
  delivered: 3,
  returned: 4,
};

/** By time, whatever order they came in. */
export function sorted(checkpoints: readonly Checkpoint[]): Checkpoint[] {
  return checkpoints.toSorted(
    (a, b) =>
      a.at.getTime() - b.at.getTime() ||
      RANK[a.status] - RANK[b.status] ||
      (a.id < b.id ? -1 : Number(a.id > b.id)),
  );
}

/** What the checkpoints say of the shipment: the latest by time, and the first time that it was delivered. */
export function verdictOf(checkpoints: readonly Checkpoint[]): {
  status: ShipmentStatus;
  deliveredAt: Date | null;
} {
  const inOrder = sorted(checkpoints);
  return {
    status: inOrder.at(-1)?.status ?? 'created',
    deliveredAt: inOrder.find(({ status }) => status === 'delivered')?.at ?? null,
  };
}

/** `known`: the shipment has this very checkpoint. `full`: it takes no more. */
export function admit(checkpoints: readonly Checkpoint[], next: Checkpoint): 'new' | 'known' | 'full' {
  if (checkpoints.some(({ id }) => id === next.id)) return 'known';
  return checkpoints.length >= MOST_CHECKPOINTS ? 'full' : 'new';
}

/** How a tracking number is written in the shop, whatever its capitals were. */
export function normalizedTracking(trackingNumber: string): string {
  return trackingNumber.toUpperCase();
}
