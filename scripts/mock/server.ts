import { AsyncLocalStorage } from 'node:async_hooks';
import { loadConfig } from '../../src/platform/config.js';
import { createApp } from '../../src/platform/http/app.js';
import { lostPage } from '../../src/platform/http/documentation.js';
import { loadDocuments } from '../../src/platform/http/documents.js';
import { createMetrics } from '../../src/platform/http/metrics.js';
import { createHttpServer, type HttpServer } from '../../src/platform/http/server.js';
import type { Log } from '../../src/platform/log.js';
import { objectAt } from '../generate/json.js';
import { exampleApi, PreferredError } from './api.js';
import { withDocumentation } from './documentation.js';
import { isPreferred, parsePrefer, type Preference } from './prefer.js';

/** Opens `/metrics` of the mock, and nothing else anywhere. */
export const MOCK_METRICS_TOKEN = 'mock-metrics-token';

export type MockOptions = {
  /** `test` turns an answer that breaks the contract into a 500; `development` logs it. */
  environment: 'development' | 'test';
  /** Pages that may call, as the server's setting CORS_ORIGINS has them. */
  corsOrigins: readonly string[];
  log: Log;
};

/**
 * The contract as a server without a shop behind it. Requests go through the very same parts as those of the real one (matching,
 * sign-in, body, validation, errors), so both refuse the same; what passes is answered by an example. Any credential is good,
 * and is an admin's.
 */
export function createMock({ environment, corsOrigins, log }: MockOptions): HttpServer {
  const { json, json30, yaml, site } = loadDocuments();
  const preferences = new AsyncLocalStorage<Preference>();
  const preference = (): Preference => preferences.getStore() ?? parsePrefer(undefined);
  const { settings } = loadConfig({
    NODE_ENV: environment,
    METRICS_TOKEN: MOCK_METRICS_TOKEN,
    CORS_ORIGINS: corsOrigins.join(','),
  });
  const examples = exampleApi({
    document: objectAt(json, 'the contract'),
    preference,
    whole: { getOpenApiJson: json, getOpenApi30: json30, getOpenApiYaml: yaml },
  });
  const app = createApp({
    api: withDocumentation(examples, { site, isPreferred: () => isPreferred(preference()) }),
    authenticate: async () => ({
      userId: 'mock',
      role: 'admin',
      tokenId: 'mock',
      tokenExpiresAt: new Date(8.64e15),
    }),
    settings,
    log,
    isTrouble: () => false,
    metrics: createMetrics(),
    // Nobody calls a mock too often.
    countHit: async (_key, windowMs) => ({ hits: 1, resetMs: windowMs }),
    pageFor: lostPage(site),
    acceptedHeaders: ['Prefer'],
    exposedHeaders: ['Preference-Applied'],
    isAskedFor: (error) => error instanceof PreferredError,
  });
  return createHttpServer((request, response) => {
    const preferred = parsePrefer(request.headers.prefer);
    if (preferred.unknown.length > 0)
      log.warn({ ignored: preferred.unknown }, 'Prefer is understood with code (or status) and example');
    preferences.run(preferred, () => app(request, response));
  });
}
