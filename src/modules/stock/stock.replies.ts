import { unavailable } from '../../platform/errors.js';
import type { ScriptReply } from '../../platform/redis.js';
import type { Hold, HoldWithAge, Owner } from './stock.types.js';

/** Readers of what the scripts answer. A reply that is not what the script promises is trouble, never a guess. */
export function asHold(reply: ScriptReply): Hold {
  const [cartId, units, gen, owner, lapsesAt] = asList(reply);
  return {
    cartId: text(cartId),
    units: int(units),
    gen: text(gen),
    owner: asOwner(owner),
    lapsesAt: int(lapsesAt),
  };
}

/** With 0 where the age is not known. */
export function asHoldWithAge(reply: ScriptReply): HoldWithAge {
  const since = int(asList(reply)[5]);
  return { ...asHold(reply), since: since === 0 ? undefined : since };
}

export function asOwner(value: unknown): Owner {
  const owner = text(value);
  if (owner === 'cart') return owner;
  const [kind, id] = [owner.slice(0, owner.indexOf(':')), owner.slice(owner.indexOf(':') + 1)];
  if (kind === 'order') return `order:${id}`;
  if (kind === 'adjustment') return `adjustment:${id}`;
  throw unexpected(value);
}

export function asList(value: ScriptReply | undefined): ScriptReply[] {
  if (Array.isArray(value)) return value;
  throw unexpected(value);
}

export function text(value: unknown): string {
  if (typeof value === 'string') return value;
  throw unexpected(value);
}

/** RESP3 gives integers, values read from hashes come as text. */
export function int(value: unknown): number {
  const number = typeof value === 'string' ? Number(value) : value;
  if (typeof number === 'number' && Number.isSafeInteger(number)) return number;
  throw unexpected(value);
}

function unexpected(value: unknown): Error {
  return unavailable('The stock keeper', {
    cause: new TypeError(`unexpected reply of a stock script: ${JSON.stringify(value)}`),
  });
}
