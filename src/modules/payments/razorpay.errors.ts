import { z } from 'zod';

/**
 * Razorpay did not do what was asked. `refused`: it said no, and why. `unknown`: it did not answer (in time); what was
 * asked may have been done all the same, and is to be looked up, never sent again blindly. `silent`: nothing says that it is over, so
 * it may even be done later. `isMissing`: it was refused since Razorpay has nothing with that id.
 */
export class GatewayError extends Error {
  readonly silent: boolean;
  readonly isMissing: boolean;

  constructor(
    readonly outcome: 'refused' | 'unknown',
    message: string,
    options: { cause?: unknown; silent?: boolean; isMissing?: boolean } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'GatewayError';
    this.silent = options.silent ?? false;
    this.isMissing = options.isMissing ?? false;
  }
}

type Failure = { statusCode: number; description: string };

/** How both the package and our own call say what went wrong: a status and Razorpay's description. */
const failureSchema = z
  .object({ statusCode: z.number(), error: z.object({ description: z.string().nullish() }).nullish() })
  .transform(({ statusCode, error }): Failure => ({ statusCode, description: error?.description ?? '' }));

/** Statuses below 500 that say nothing about the request itself. */
const NOT_OUR_REQUEST: ReadonlySet<number> = new Set([401, 403, 409, 429]);

/** How Razorpay says that it has nothing with an id; nothing else says so for certain. */
const MISSING = /\bid provided does not exist\b/i;

/** What a failure of the package, or of a call of our own, says of the request. */
export function asGatewayError(error: unknown): GatewayError {
  const failure = failureSchema.safeParse(error).data;
  if (failure === undefined) {
    return new GatewayError('unknown', 'Razorpay did not answer', { cause: error, silent: true });
  }
  const { statusCode, description } = failure;
  // 409 and 429 mean "not now", 401 and 403 that our keys are wrong (which an operator mends); a 5xx may have acted.
  const refused = statusCode >= 400 && statusCode < 500 && !NOT_OUR_REQUEST.has(statusCode);
  return refused
    ? new GatewayError('refused', description === '' ? `Razorpay answered ${statusCode}` : description, {
        isMissing: statusCode === 400 && MISSING.test(description),
      })
    : new GatewayError('unknown', `Razorpay answered ${statusCode}: ${description}`, {
        // A 5xx may come from something before Razorpay, which went on.
        silent: statusCode >= 500,
      });
}
