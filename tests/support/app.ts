import { Redis } from 'ioredis';
import request from 'supertest';
import { compose, type Holdfast } from '../../src/compose.js';
import { loadConfig, type Config } from '../../src/platform/config.js';
import { createHttpServer } from '../../src/platform/http/server.js';
import { newId } from '../../src/platform/ids.js';
import { createLog } from '../../src/platform/log.js';
import { plainRedis } from '../../src/platform/redis.address.js';
import { startRazorpaySandbox, type RazorpaySandbox } from '../../src/sandbox/razorpay.js';
import { startSesSandbox, type SesSandbox } from '../../src/sandbox/ses.js';
import { UNLIMITED } from './limits.js';
import { recording } from './recorder.js';
import { mongoUrl, redisAddress, redisDb } from './servers.js';

/** A whole Holdfast on a database of its own, behind a real port, with its own Razorpay and SES stand-ins. */
export type TestApp = {
  url: string;
  holdfast: Holdfast;
  config: Config;
  razorpay: RazorpaySandbox;
  ses: SesSandbox;
  /** A second connection, to look at keys and to break them. */
  redis: Redis;
  /** A client that keeps its cookies. */
  agent(): ReturnType<typeof request.agent>;
  /** Waits until every webhook is delivered and everything that answers have set going is done. */
  quiet(): Promise<void>;
  stop(): Promise<void>;
};

export type TestOptions = {
  env?: Record<string, string>;
  /** Servers of one's own, for tests that break them. */
  databaseUrl?: string;
  redis?: { host: string; port: number; db: number };
};

const KEYS = {
  keyId: 'rzp_test_tests',
  keySecret: 'tests-key-secret',
  webhookSecret: 'tests-webhook-secret',
};

export async function startTestApp(options: TestOptions = {}): Promise<TestApp> {
  const redisAt = options.redis ?? { ...redisAddress(), db: redisDb() };
  const redis = new Redis({ ...redisAt, lazyConnect: true });
  await redis.connect();
  await redis.flushdb();

  const log = (): void => undefined;
  const razorpay = await startRazorpaySandbox({
    ...KEYS,
    // Known only when the server listens; set below.
    webhookUrl: 'http://127.0.0.1:9/',
    retryBaseMs: 20,
    log,
  });
  const ses = await startSesSandbox({ log });
  const { settings } = loadConfig({
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    PASSWORD_COST: '4',
    CORS_ORIGINS: 'https://shop.example',
    RAZORPAY_KEY_ID: KEYS.keyId,
    RAZORPAY_KEY_SECRET: KEYS.keySecret,
    RAZORPAY_WEBHOOK_SECRET: KEYS.webhookSecret,
    RAZORPAY_WEBHOOK_SECRET_PREVIOUS: 'tests-previous-secret',
    CARTS_PER_ADDRESS_HOURLY: '100000',
    UNPAID_ORDERS_PER_ACCOUNT: '100000',
    ...UNLIMITED,
    ...options.env,
  });
  const config: Config = {
    ...settings,
    connections: {
      databaseUrl: options.databaseUrl ?? mongoUrl(`t${newId()}`),
      redis: plainRedis(redisAt),
      razorpayUrl: razorpay.url,
      sesEndpoint: ses.url,
    },
  };
  const holdfast = await compose(config, createLog({ level: settings.logLevel }));
  const server = createHttpServer(recording(holdfast.app), { onRefusal: holdfast.refusals.note });
  const url = `http://127.0.0.1:${await server.listen(0, '127.0.0.1')}`;
  await razorpay.control.configureWebhook({ url: `${url}/v1/webhooks/razorpay` });

  return {
    url,
    holdfast,
    config,
    razorpay,
    ses,
    redis,
    agent: () => request.agent(url),
    async quiet() {
      await razorpay.control.waitUntilIdle();
      await holdfast.idle();
      await razorpay.control.waitUntilIdle();
      await holdfast.idle();
    },
    async stop() {
      await server.stop(2_000);
      await holdfast.jobs.stop(1_000);
      await holdfast.close();
      await razorpay.stop();
      await ses.stop();
      redis.disconnect();
    },
  };
}
