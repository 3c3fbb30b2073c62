import { z } from 'zod';

/**
 * Razorpay did not do what was asked. `refused`: it said no, and why. `unknown`: it did not answer (in time); what was
 * asked may have been done all the same, and is to be looked up, never sent again blindly. `silent`: nothing says that it is over, so
 * it may even be done later. `isMissing`: it was refused since Razorpay has nothing with that id. `keysRefused`: Razorpay does not
 * take the shop's keys (for this), so nothing was done, and trying again helps only when an operator has mended them.
 */
export class GatewayError extends Error {
  readonly silent: boolean;
  readonly isMissing: boolean;
  /** What Razorpay said of the keys; undefined where it said nothing of them. */
  readonly keys: Exclude<KeysVerdict, 'taken'> | undefined;
  readonly keysRefused: boolean;

  constructor(
    readonly outcome: 'refused' | 'unknown',
    message: string,
    options: {
      cause?: unknown;
      silent?: boolean;
      isMissing?: boolean;
      keys?: Exclude<KeysVerdict, 'taken'>;
    } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'GatewayError';
    this.silent = options.silent ?? false;
    this.isMissing = options.isMissing ?? false;
    this.keys = options.keys;
    this.keysRefused = this.keys !== undefined;
  }
}

/** Stands for a status where there was no answer at all: the package needs one. */
export const NO_ANSWER = 599;

type Failure = { statusCode: number; description: string };

/** How both the package and our own call say what went wrong: a status and Razorpay's description. */
const failureSchema = z
  .object({ statusCode: z.number(), error: z.object({ description: z.string().nullish() }).nullish() })
  .transform(({ statusCode, error }): Failure => ({ statusCode, description: error?.description ?? '' }));

/** What an answer says of the keys: `refused`, Razorpay does not know them; `forbidden`, they may not do what was asked. */
export type KeysVerdict = 'taken' | 'refused' | 'forbidden';

/** How Razorpay says it. An operator mends both. */
const NOT_OUR_KEYS: ReadonlyMap<number, Exclude<KeysVerdict, 'taken'>> = new Map([
  [401, 'refused'],
  [403, 'forbidden'],
]);
/** Statuses below 500 that say nothing about the request itself: "not now". */
const NOT_NOW: ReadonlySet<number> = new Set([409, 429]);

/** How Razorpay says that it has nothing with an id; nothing else says so for certain. */
const MISSING = /\bid provided does not exist\b/i;

/** What a failed call means, from whatever it was rejected with. */
export function asGatewayError(error: unknown): GatewayError {
  const failure = failureSchema.safeParse(error).data;
  if (failure === undefined) {
    return new GatewayError('unknown', 'Razorpay did not answer', { cause: error, silent: true });
  }
  const { statusCode, description } = failure;
  const said = description === '' ? `${statusCode}` : `${statusCode}: ${description}`;
  const keys = NOT_OUR_KEYS.get(statusCode);
  if (keys !== undefined && description !== '') {
    const message = `Razorpay does not take the keys (it answered ${said}): check RAZORPAY_KEY_ID and RAZORPAY_KEY_SECRET`;
    return new GatewayError('unknown', message, { keys });
  }
  if (statusCode === NO_ANSWER)
    return new GatewayError('unknown', `Razorpay did not answer: ${description}`, { silent: true });
  // A 5xx may have acted; it may also come from something before Razorpay, which went on.
  if (statusCode >= 500) return new GatewayError('unknown', `Razorpay answered ${said}`, { silent: true });
  // Razorpay always says why it refuses, keys too: without that, something in between has answered.
  if (statusCode < 400 || NOT_NOW.has(statusCode) || description === '')
    return new GatewayError('unknown', `Razorpay answered ${said}`);
  return new GatewayError('refused', description, {
    isMissing: statusCode === 400 && MISSING.test(description),
  });
}
