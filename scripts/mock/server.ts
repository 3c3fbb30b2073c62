import { AsyncLocalStorage } from 'node:async_hooks';
import { loadConfig } from '../../src/platform/config.js';
import { createApp } from '../../src/platform/http/app.js';
import { loadDocuments } from '../../src/platform/http/documents.js';
import { createMetrics } from '../../src/platform/http/metrics.js';
import { createHttpServer, type HttpServer } from '../../src/platform/http/server.js';
import type { Log } from '../../src/platform/log.js';
import { objectAt } from '../generate/json.js';
import { exampleApi } from './api.js';
import { withDocumentation } from './documentation.js';
import { parsePrefer, preferenceApplied, type Preference } from './prefer.js';

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
  const { settings } = loadConfig({
    NODE_ENV: environment,
    METRICS_TOKEN: MOCK_METRICS_TOKEN,
    CORS_ORIGINS: corsOrigins.join(','),
  });
  const examples = exampleApi({
    document: objectAt(json, 'the contract'),
    preference: () => preferences.getStore() ?? {},
    whole: { getOpenApiJson: json, getOpenApi30: json30, getOpenApiYaml: yaml },
  });
  const isPreferred = (): boolean => preferenceApplied(preferences.getStore() ?? {}) !== '';
  const app = createApp({
    api: withDocumentation(examples, { site, isPreferred }),
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
    acceptedHeaders: ['Prefer'],
  });
  return createHttpServer((request, response) => {
    preferences.run(parsePrefer(request.headers.prefer), () => app(request, response));
  });
}
