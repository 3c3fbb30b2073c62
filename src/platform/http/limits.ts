import type { Request, RequestHandler, Response } from 'express';
import { ipKeyGenerator, rateLimit, type Store } from 'express-rate-limit';
import type { RateLimit, Settings } from '../config.js';
import { AppError } from '../errors.js';
import type { CountHit, Hits } from '../hits.js';
import { sha256 } from '../ids.js';
import type { Log } from '../log.js';
import { describe, type IsTrouble } from './errors.js';
import { operationOf } from './exchange.js';
import type { RateLimitName } from './operation.js';

/** Whom a limit counts for. */
type Counted = 'address' | 'account' | 'account-everywhere';

type Deps = {
  limits: Settings['rateLimits'];
  count: CountHit;
  isTrouble: IsTrouble;
  log: Log;
};

/** So long nobody asks a counter that did not answer: otherwise everybody would wait for it. */
const AWAY_MS = 1_000;
/** Who has a network of IPv6 has all its addresses: they count as one. */
const IPV6_NETWORK = 64;

/**
 * Refuses with `rate_limited` what is too many of an operation that names a limit in the contract (`x-rate-limit`): by the
 * address of the client, by the account that the request is about as far as it comes from that address, and, with a much
 * larger number, by the account from wherever. So a stranger who knows an account uses up their own tries, and not its
 * owner's. Behind the checks of the contract, so that there is an e-mail address to count by. While the counter is away
 * everything passes, and the log says so.
 */
export function createRateLimits(deps: Deps): RequestHandler {
  const countOrPass = passingWhileAway(deps);
  const limiters = new Map(
    Object.entries(limitsByName(deps.limits)).map(([name, limit]) => [
      name,
      limitersFor(name, limit, countOrPass),
    ]),
  );

  return async (request, response, next) => {
    const { rateLimit: name } = operationOf(request);
    for (const limiter of limiters.get(name ?? '') ?? []) {
      await request.exchange.budget(() => passed(limiter, request, response));
    }
    next();
  };
}

/** Limits of the contract that are not for every request of their operations: a module counts for them, and tells it. */
export type CountedElsewhere = 'new-carts';

/** The figures of each limit that is counted here, by the name that the contract gives it. */
export function limitsByName(
  limits: Settings['rateLimits'],
): Record<Exclude<RateLimitName, CountedElsewhere>, RateLimit> {
  const { signIn, registration, reset, contact } = limits;
  return { 'sign-in': signIn, registration, reset, contact };
}

/** What is refused by one counts for none behind it: the tries of one address soon stop counting for the account. */
function limitersFor(name: string, limit: RateLimit, countOrPass: CountOrPass): RequestHandler[] {
  const { perAddress, perAccount, perAccountEverywhere, windowMs } = limit;
  const most = { address: perAddress, account: perAccount, 'account-everywhere': perAccountEverywhere };
  const order: readonly Counted[] = ['address', 'account', 'account-everywhere'];
  return order.map((counted) => limiterFor({ countOrPass, name, counted, most: most[counted], windowMs }));
}

type CountOrPass = (key: string, windowMs: number) => Promise<Hits | undefined>;
type Limiter = { countOrPass: CountOrPass; name: string; counted: Counted; most: number; windowMs: number };

function limiterFor(limiter: Limiter): RequestHandler {
  const { name, counted, most, windowMs } = limiter;
  const keyOf = KEYS[counted];
  return rateLimit({
    identifier: `${name}-${counted}`,
    limit: most,
    windowMs,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    store: storeFor(limiter),
    skip: (request) => keyOf(request) === undefined,
    keyGenerator: (request) => keyOf(request) ?? '',
    handler: (_request, _response, next) =>
      next(new AppError('rate_limited', 'Too many requests of this kind. Please wait a little.')),
    // Its checks print to the console, and know nothing of a setting for proxies that is on purpose.
    validate: false,
  });
}

/** The count, or nothing while the counter is away. */
function passingWhileAway({ count, isTrouble, log }: Deps): CountOrPass {
  let askAgainMs = 0;
  return async (key, windowMs) => {
    if (performance.now() < askAgainMs) return undefined;
    try {
      return await count(key, windowMs);
    } catch (error) {
      if (!isTrouble(error)) throw error;
      askAgainMs = performance.now() + AWAY_MS;
      log.warn({ error: describe(error) }, 'rate limits cannot be counted');
      return undefined;
    }
  };
}

function storeFor({ countOrPass, name, counted, windowMs }: Limiter): Store {
  return {
    async increment(key) {
      const counting = await countOrPass(`rate:${name}:${counted}:${key}`, windowMs);
      const { hits, resetMs } = counting ?? { hits: 1, resetMs: windowMs };
      // The library takes this process's own clock off again.
      return { totalHits: hits, resetTime: new Date(Date.now() + resetMs) };
    },
    // Asked for by the type, called only where some requests are not to count: here all do.
    decrement: () => undefined,
    resetKey: () => undefined,
  };
}

function passed(limiter: RequestHandler, request: Request, response: Response): Promise<void> {
  return new Promise((resolve, reject) => {
    const next = (error?: unknown): void => {
      if (error === undefined) resolve();
      else reject(error instanceof Error ? error : new Error('a limit could not be held', { cause: error }));
    };
    Promise.resolve(limiter(request, response, next)).catch(reject);
  });
}

/**
 * As far as the configured proxies can be believed; IPv4 written as IPv6 is the same address, and the addresses of one IPv6
 * network are one.
 */
export function addressOf(request: Request): string | undefined {
  return request.ip === undefined ? undefined : ipKeyGenerator(request.ip, IPV6_NETWORK).slice(0, 64);
}

const KEYS: Readonly<Record<Counted, (request: Request) => string | undefined>> = {
  address: addressOf,
  account(request) {
    const account = accountOf(request);
    return account && `${account}:${addressOf(request) ?? ''}`;
  },
  'account-everywhere': accountOf,
};

/** Who is signed in, or else the e-mail address that the request names, whether it has an account or not. */
function accountOf(request: Request): string | undefined {
  const { principal } = request.exchange;
  if (principal !== undefined) return `user:${principal.userId}`;
  const body: unknown = request.body;
  const email: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'email') : undefined;
  return typeof email === 'string' ? `email:${sha256(email.toLowerCase())}` : undefined;
}
