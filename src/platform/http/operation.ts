/*
 * The whole bridge between the contract and the code, in types only: what a handler of an operation is given, and what it may answer.
 */
import type { ApiError, operations as Types } from '../../../generated/openapi.js';
import type { operations as Table } from '../../../generated/operations.js';

export type OperationId = keyof Types;
export type Tag = (typeof Table)[OperationId]['tag'];
/** Every limit that the contract names. */
export type RateLimitName = NonNullable<(typeof Table)[OperationId]['rateLimit']>;
type Access<Id extends OperationId> = (typeof Table)[Id]['access'];

/** Who is signed in, as the store knows it at this moment (not as the token claims). */
export type Principal = {
  userId: string;
  role: 'user' | 'admin';
  /** The token that signed this request in, so that it can be ended. */
  tokenId: string;
  tokenExpiresAt: Date;
};

/** Nobody where the operation is public, perhaps somebody where signing in is optional, otherwise somebody for certain. */
type Caller<Id extends OperationId> =
  Access<Id> extends 'user' | 'admin'
    ? Principal
    : Access<Id> extends 'optional'
      ? Principal | undefined
      : undefined;

type Nothing = Record<string, never>;
type In<Id extends OperationId, Where extends 'path' | 'query' | 'header' | 'cookie'> =
  Types[Id]['parameters'] extends Record<Where, infer P>
    ? P
    : Types[Id]['parameters'] extends { [K in Where]?: infer P }
      ? [NonNullable<P>] extends [never]
        ? Nothing
        : NonNullable<P>
      : Nothing;

/** Query fields that have a default in the contract are there for certain once the request is validated. */
type Defaulted<Id extends OperationId> = keyof (typeof Table)[Id]['queryDefaults'];
type Query<Id extends OperationId> = {
  [K in keyof In<Id, 'query'> as K extends Defaulted<Id> ? never : K]: In<Id, 'query'>[K];
} & {
  [K in keyof In<Id, 'query'> as K extends Defaulted<Id> ? K : never]-?: In<Id, 'query'>[K];
};

/** A file of a form is its bytes. */
type Body<Id extends OperationId> = Types[Id] extends {
  requestBody: { content: { 'application/json': infer B } | { 'multipart/form-data': infer B } };
}
  ? B
  : undefined;

/** What surrounds a request. */
export type CallContext = {
  /** The id of the request, in the answer of every error and in every line of the log. */
  requestId: string;
  /** The address of the client, as far as the configured proxies can be believed. */
  address: string;
  /** The bytes of the body as they came; kept only for operations whose signature covers them. */
  rawBody: Buffer | undefined;
  /** The token of a session cookie that came beside a bearer: it decides nothing, but whoever signs out means it too. */
  besideBearer: string | undefined;
};

/** A validated request: every part has the type that the contract gives it. */
export type Call<Id extends OperationId> = {
  path: In<Id, 'path'>;
  query: Query<Id>;
  headers: In<Id, 'header'>;
  cookies: In<Id, 'cookie'>;
  body: Body<Id>;
  principal: Caller<Id>;
  context: CallContext;
};

export type CookieName = 'holdfast_session' | 'holdfast_cart';
/** A cookie to set for `maxAgeMs` milliseconds, or to remove. The dispatcher knows its flags (HttpOnly, SameSite, Secure, Path). */
export type SetCookie =
  { name: CookieName; value: string; maxAgeMs: number } | { name: CookieName; clear: true };

type Responses<Id extends OperationId> = Types[Id]['responses'];
/** Documented statuses that are no error: errors are thrown as `AppError`, never answered by a handler. */
type Answerable<Id extends OperationId> = {
  [S in keyof Responses<Id> & number]: Responses<Id>[S] extends { content: { 'application/json': ApiError } }
    ? never
    : S;
}[keyof Responses<Id> & number];
type Content<R> = R extends { content: { 'application/json': infer B } }
  ? { body: B }
  : R extends { content: Record<string, string> }
    ? { body: string }
    : R extends { content: Record<string, Uint8Array> }
      ? { body: Uint8Array }
      : { body?: undefined };

/** A documented answer: a status and the body that belongs to it. */
export type Reply<Id extends OperationId> = Id extends OperationId
  ? {
      [S in Answerable<Id>]: { status: S; headers?: Record<string, string>; cookies?: SetCookie[] } & Content<
        Responses<Id>[S]
      >;
    }[Answerable<Id>]
  : never;

/** One operation. It answers, or throws an `AppError`; whatever else it throws is a fault of ours (500). */
export type Handler<Id extends OperationId> = (call: Call<Id>) => Promise<Reply<Id>>;

/** Exactly the operations of one tag, each by one function. */
export type HandlersFor<T extends Tag> = {
  [Id in OperationId as (typeof Table)[Id]['tag'] extends T ? Id : never]: Handler<Id>;
};

/** Every tag is served, and every operation of a tag by exactly one function. */
export type Api = { [T in Tag]: HandlersFor<T> };
