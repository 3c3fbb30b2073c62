import type { Request } from 'express';
import type { Principal } from './operation.js';
import type { Budget } from './budget.js';
import type { Match, Operation } from './routes.js';

/** What the server knows of one request while it is answered. */
export type Exchange = {
  readonly requestId: string;
  /** As it was sent: `HEAD` is answered as a `GET` without its body. */
  readonly method: string;
  /** Of the address, without the query. */
  readonly path: string;
  readonly startedMs: number;
  /** The time left for our own work on it. */
  readonly budget: Budget;
  match: Match | undefined;
  operation: Operation | undefined;
  principal: Principal | undefined;
  rawBody: Buffer | undefined;
  besideBearer: string | undefined;
  /** The files of a form, by the names of their fields. */
  readonly files: Map<string, Uint8Array>;
  /** The code of the error that was answered, for the log. */
  errorCode: string | undefined;
};

declare module 'express-serve-static-core' {
  interface Request {
    /** Set by the first middleware for every request. */
    exchange: Exchange;
  }
}

/** The operation that a request was matched with. Only to be asked behind the middleware that matches it. */
export function operationOf(request: Request): Operation {
  const { operation } = request.exchange;
  if (operation === undefined) throw new Error('the request was not matched with an operation');
  return operation;
}
