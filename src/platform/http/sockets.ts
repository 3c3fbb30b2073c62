import type { Duplex } from 'node:stream';
import type { ErrorCode } from '../errors.js';

const refused = new WeakMap<Duplex, ErrorCode>();

/** Notes what the server itself has answered on a connection, before (or instead of) the app. */
export function noteRefusal(socket: Duplex, code: ErrorCode): void {
  refused.set(socket, code);
}

/** What the server itself has answered; then nothing that the app answers is read by anybody. */
export function refusedWith(socket: Duplex): ErrorCode | undefined {
  return refused.get(socket);
}
