import { etagOf } from './etag.js';

/** A body as it is sent, and the validator of that very body. */
export type Prepared = Readonly<{ bytes: Buffer; etag: string }>;

const prepared = new WeakMap<object, Prepared>();

/**
 * Serializes a large body that is always the same, once. Whoever answers with this object from now on sends those bytes, so it must
 * not be changed any more.
 */
export function prepareJson(body: object): Prepared {
  const text = JSON.stringify(body);
  const made = { bytes: Buffer.from(text), etag: etagOf(text) };
  prepared.set(body, made);
  return made;
}

/** Undefined for everything that was not prepared. */
export function preparedOf(body: unknown): Prepared | undefined {
  return typeof body === 'object' && body !== null ? prepared.get(body) : undefined;
}
