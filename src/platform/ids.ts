import { createHash, randomBytes } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** An opaque id: 20 characters, 100 random bits, safe in a URL, in a Redis key and in a file name. */
export function newId(): string {
  return randomText(20).toLowerCase();
}

/** Whether a text could be an id: the contract's `Id`. */
export function isId(text: string): boolean {
  return /^[A-Za-z0-9_-]{1,64}$/.test(text);
}

/** Random capitals and digits without look-alikes (no I, L, O, U), 5 bits each, for what people read aloud. */
export function randomText(length: number): string {
  return Array.from(randomBytes(length), (byte) => ALPHABET.charAt(byte & 31)).join('');
}

/** The same id for the same parts, always; another id for any other parts. */
export function derivedId(...parts: string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}

/** SHA-256 in hex of a text or of bytes. */
export function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
