import type { RequestListener } from 'node:http';
import express, { type Request, type RequestHandler } from 'express';
import helmet from 'helmet';
import type { Settings } from '../config.js';
import type { AppError } from '../errors.js';
import type { Log } from '../log.js';
import { createAccess } from './access.js';
import { createBodyReader } from './body.js';
import { contractFacts } from './contract.js';
import { createDispatcher } from './dispatch.js';
import type { PageOfError } from './documentation.js';
import { loadContract } from './documents.js';
import { createErrorHandler, type IsTrouble } from './errors.js';
import type { CountHit } from '../hits.js';
import { createRateLimits } from './limits.js';
import { createMatcher } from './match.js';
import type { Metrics } from './metrics.js';
import type { Api } from './operation.js';
import { createCors, createOriginCheck } from './origins.js';
import { createSecurity, type Authenticate } from './security.js';
import { createValidation, type AnswerChecks } from './validation.js';

export type HttpSettings = Pick<
  Settings,
  | 'environment'
  | 'trustedProxies'
  | 'corsOrigins'
  | 'publicUrl'
  | 'secureCookies'
  | 'metricsToken'
  | 'rateLimits'
>;

export type AppOptions = {
  api: Api;
  authenticate: Authenticate;
  settings: HttpSettings;
  log: Log;
  isTrouble: IsTrouble;
  metrics: Metrics;
  /** Counts for the rate limits, for all processes together. */
  countHit: CountHit;
  /** Headers that pages may send beside those of the contract. */
  acceptedHeaders?: readonly string[];
  /** Headers of answers that pages may read beside those of the contract. */
  exposedHeaders?: readonly string[];
  /** Errors that somebody asked to see, which are no trouble however they look. */
  isAskedFor?: (error: unknown) => boolean;
  /** What people are shown in place of an error, where they are. */
  pageFor?: (request: Request, error: AppError) => PageOfError | undefined;
  /** Time for our own work on one request, ms. Afterwards the caller gets 503 and a later answer is dropped. */
  answerWithinMs?: number;
};

/** Last resort where a dependency's own time limit failed: every caller has an answer within 5 s. */
const ANSWER_WITHIN_MS = 4_500;

const ANSWER_CHECKS: Record<Settings['environment'], AnswerChecks> = {
  test: 'strict',
  development: 'log',
  production: 'off',
};

/**
 * The API over HTTP (an Express app): what the contract describes, by the handlers given, and one shape of error for
 * everything else. Throws where an operation has no handler or the contract was not generated.
 */
export function createApp(options: AppOptions): RequestListener {
  const { api, settings, log, isTrouble, metrics } = options;
  const document = loadContract();
  const facts = contractFacts(document);
  const validation = createValidation({
    document,
    facts,
    answers: ANSWER_CHECKS[settings.environment],
    prepared: settings.environment === 'production' ? Object.keys(document.paths) : [],
    log,
  });

  const app = express();
  app.disable('x-powered-by');
  // What may be kept by a cache says so itself; hashing every answer costs more than it would save.
  app.disable('etag');
  app.set('query parser', 'simple');
  app.set('trust proxy', settings.trustedProxies);

  app.use(createAccess({ log, metrics, answerWithinMs: options.answerWithinMs ?? ANSWER_WITHIN_MS }));
  app.use(securityHeaders(settings));
  app.use(createCors({ allowed: settings.corsOrigins, exposed: options.exposedHeaders ?? [] }));
  app.use(createMatcher({ acceptedHeaders: options.acceptedHeaders ?? [] }));
  app.use(createOriginCheck({ settings, setsCookies: facts.setsCookies }));
  app.use(createSecurity({ authenticate: options.authenticate, metricsToken: settings.metricsToken }));
  app.use(createBodyReader(facts));
  app.use(validation.handler);
  app.use(createRateLimits({ limits: settings.rateLimits, count: options.countHit, isTrouble, log }));
  app.use(
    createDispatcher({ api, checkStatus: validation.checkStatus, secureCookies: settings.secureCookies }),
  );
  const { isAskedFor = () => false, pageFor = () => undefined } = options;
  app.use(createErrorHandler({ log, isTrouble, isAskedFor, pageFor }));
  return app;
}

/** For answers that are data: a browser that is made to show one as a page runs nothing in it. */
function securityHeaders({ secureCookies }: HttpSettings): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], baseUri: ["'none'"], frameAncestors: ["'none'"] },
    },
    frameguard: { action: 'deny' },
    // Where cookies need TLS, so does everything.
    strictTransportSecurity: secureCookies ? { maxAge: 31_536_000, includeSubDomains: false } : false,
  });
}
