import type { ErrorCode, OrderStatus } from '../../generated/openapi.js';

export type { ErrorCode };

/** The one table from a code of the contract to the HTTP status that carries it. */
export const statusOf: Readonly<Record<ErrorCode, number>> = {
  validation_failed: 400,
  malformed_json: 400,
  malformed_request: 400,
  signature_invalid: 400,
  reset_token_invalid: 400,
  unauthenticated: 401,
  invalid_credentials: 401,
  forbidden: 403,
  origin_not_allowed: 403,
  account_blocked: 403,
  wrong_password: 403,
  not_found: 404,
  method_not_allowed: 405,
  request_timeout: 408,
  email_taken: 409,
  own_account: 409,
  addresses_full: 409,
  sku_taken: 409,
  version_conflict: 409,
  insufficient_stock: 409,
  total_changed: 409,
  cart_busy: 409,
  cart_empty: 409,
  cart_full: 409,
  product_unavailable: 409,
  order_not_payable: 409,
  amount_not_payable: 409,
  order_in_progress: 409,
  too_many_unpaid_orders: 409,
  illegal_transition: 409,
  refund_exceeds_paid: 409,
  refund_not_open: 409,
  refund_not_withdrawable: 409,
  order_not_shippable: 409,
  lines_not_shippable: 409,
  tracking_number_taken: 409,
  checkpoints_full: 409,
  request_in_progress: 409,
  mail_not_retryable: 409,
  images_full: 409,
  payload_too_large: 413,
  uri_too_long: 414,
  unsupported_media_type: 415,
  expectation_failed: 417,
  idempotency_key_reused: 422,
  rate_limited: 429,
  headers_too_large: 431,
  internal_error: 500,
  service_unavailable: 503,
};

/** One thing that is wrong with a request: where (a JSON path such as `/body/items/0/quantity`), which rule, in words. */
export type FieldError = { path: string; code: string; message: string };

/** What an error tells beside its message, so that a client can act on it without reading prose. */
export type ErrorDetails = {
  lines?: { productId: string; requested: number; available: number }[];
  total?: { amount: number; currency: string };
  status?: OrderStatus;
  legal?: OrderStatus[];
  due?: { amount: number; currency: string };
  refundable?: { amount: number; currency: string };
};

export type AppErrorOptions = {
  errors?: FieldError[];
  details?: ErrorDetails;
  headers?: Record<string, string>;
  cause?: unknown;
};

/**
 * A promise that cannot be kept, said to the caller. `message` is public text: it never holds a secret, a stack or a
 * driver's words (those go into `cause`, which is logged and never sent).
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly errors: FieldError[] | undefined;
  readonly details: ErrorDetails | undefined;
  readonly headers: Record<string, string>;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.errors = options.errors;
    this.details = options.details;
    this.headers = options.headers ?? {};
  }
}

/**
 * A dependency is away or slow. The caller may send the same request again after `Retry-After`, by default two seconds. No
 * option is called `message`, so that an error is not taken for the options by mistake: it is their `cause`.
 */
export function unavailable(
  what: string,
  { cause, retrySeconds = 2 }: { cause?: unknown; retrySeconds?: number; message?: never } = {},
): AppError {
  return new AppError(
    'service_unavailable',
    `${what} is not available at the moment. Please try again shortly.`,
    {
      headers: { 'Retry-After': String(retrySeconds) },
      cause,
    },
  );
}

/** The request is not what the contract asks for, in these places. */
export function invalid(errors: FieldError[], message = 'The request is not valid.'): AppError {
  return new AppError('validation_failed', message, { errors });
}

/** The answer for what does not exist and for what is somebody else's: the two are not told apart. */
export function notFound(what: string): AppError {
  return new AppError('not_found', `${what} was not found.`);
}

/** Somebody was quicker: what the caller decided by is not what there is any more. */
export function versionConflict(what: string): AppError {
  return new AppError(
    'version_conflict',
    `${what} has been changed meanwhile. Read it again and decide anew.`,
  );
}

/** Words of any thrown value, for logs and job reports (never for answers). */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The code that Node and drivers put on an error, such as ENOENT; undefined where there is none. */
export function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
