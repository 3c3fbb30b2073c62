import { z } from 'zod';
import { plainRedis, readRedisUrl, type RedisAddress } from './redis.address.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Where the four outside parts are. In production all are named; elsewhere the sandbox stands in for a missing one. */
export type Connections = {
  databaseUrl: string;
  redis: RedisAddress;
  razorpayUrl: string;
  /** Undefined: AWS's own endpoint of the region. */
  sesEndpoint: string | undefined;
};

/**
 * How many requests of one kind a window takes: from one address (or IPv6 network), about one account from one address, and
 * about one account from all addresses.
 */
export type RateLimit = Readonly<{
  perAddress: number;
  perAccount: number;
  perAccountEverywhere: number;
  windowMs: number;
}>;

/** Everything that can be set, validated. Durations in ms, sizes in units as named. */
export type Settings = Readonly<{
  environment: 'production' | 'development' | 'test';
  role: 'web' | 'worker' | 'all';
  host: string;
  port: number;
  logLevel: string;
  trustedProxies: number;
  corsOrigins: readonly string[];
  publicUrl: string;
  token: { key: string; lifetimeMs: number };
  secureCookies: boolean;
  passwordCost: number;
  metricsToken: string;
  razorpay: {
    keyId: string;
    keySecret: string;
    webhookSecret: string;
    previousWebhookSecret: string | undefined;
  };
  ses: { region: string; accessKeyId: string; secretAccessKey: string };
  /** `adminEmail`: where notices to the shop go; undefined: there are none. */
  shop: { name: string; currency: string; mailFrom: string; adminEmail: string | undefined };
  cart: { holdMs: number; maxLines: number; newPerAddressHourly: number };
  /** `mostUnpaid`: orders of one account that wait for money. */
  orders: { pendingMs: number; partPaidMs: number; mostUnpaid: number };
  rateLimits: Readonly<Record<'signIn' | 'registration' | 'reset' | 'contact', RateLimit>>;
  /** The shop's page for a new password; the token of a link stands behind its `#`. */
  passwordResetUrl: string;
}>;

export type Config = Settings & { connections: Connections };

/** What the environment says, before the sandbox fills in the connections that it leaves out. */
export type DeclaredConfig = { settings: Settings; connections: Partial<Connections> };

/** The configuration cannot be used: `problems` names every variable with what it must be, and never a value. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(
      `The configuration has ${problems.length} problem(s):\n${problems.map((line) => `  - ${line}`).join('\n')}`,
    );
    this.name = 'ConfigError';
  }
}

const integer = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, `must be a whole number from ${min} to ${max}`)
    .transform(Number)
    .refine((value) => value >= min && value <= max, `must be a whole number from ${min} to ${max}`);
const text = (least = 1) => z.string().min(least, `must have at least ${least} character(s)`);
const secret = (bytes: number) =>
  z.string().refine((value) => Buffer.byteLength(value) >= bytes, `must have at least ${bytes} bytes`);
/** Of a key that is made up here: length alone would let the same letter through, many times over. */
const randomSecret = (bytes: number) =>
  secret(bytes).refine(
    (value) => Buffer.byteLength(value) < bytes || new Set(value).size >= DISTINCT,
    'must be random: make it with `openssl rand -base64 48`',
  );
const DISTINCT = 8;
const email = z.email('must be an email address');
const url = (protocols: RegExp, kind: string) => z.url({ protocol: protocols, error: `must be ${kind}` });
const origins = z
  .string()
  .transform((list) =>
    list
      .split(',')
      .map((origin) => origin.trim())
      .filter((origin) => origin !== ''),
  )
  .refine(
    (list) => list.every(isOrigin),
    'must be origins such as https://shop.example, separated by commas',
  );

/** An address of Redis as a whole. One that cannot be read is not told back: it may hold a password. */
const redisUrl = z.string().transform((value, context): RedisAddress => {
  const address = readRedisUrl(value);
  if (address !== undefined) return address;
  context.addIssue({
    code: 'custom',
    message:
      'must be a URL such as rediss://user:password@redis.internal:6379/0, with characters such as @ : / ? # % in a user or password written as %40 %3A %2F %3F %23 %25',
  });
  return z.NEVER;
});

/** Several hosts with ports, as a replica set has, are no URL to `URL`. */
const MONGODB_URL = /^mongodb(\+srv)?:\/\/[^\s/]+(\/\S*)?$/;

/** Names, rules and what stands in outside production. `.env.example` explains each to operators. */
const variables = z.object({
  ROLE: z.enum(['web', 'worker', 'all'], 'must be web, worker or all').default('all'),
  HOST: text().optional(),
  PORT: integer(0, 65_535).default(3000),
  PUBLIC_URL: url(/^https?$/, 'an http(s) URL such as https://api.shop.example').optional(),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'], 'must be a log level')
    .default('info'),
  TRUSTED_PROXIES: integer(0, 10).default(0),
  CORS_ORIGINS: origins.default([]),
  TOKEN_KEY: randomSecret(32),
  SESSION_HOURS: integer(1, 24 * 90).default(24 * 7),
  COOKIE_SECURE: z.enum(['true', 'false'], 'must be true or false').optional(),
  PASSWORD_COST: integer(4, 15).default(12),
  METRICS_TOKEN: randomSecret(16),
  DATABASE_URL: z.string().regex(MONGODB_URL, 'must be a mongodb:// URL'),
  REDIS_URL: redisUrl.optional(),
  REDIS_CA_FILE: text().optional(),
  HOST_IP: text(),
  REDIS_PORT: integer(1, 65_535),
  REDIS_PASSWORD: text().optional(),
  REDIS_DB: integer(0, 15).default(0),
  RAZORPAY_KEY_ID: text(),
  RAZORPAY_KEY_SECRET: secret(8),
  RAZORPAY_WEBHOOK_SECRET: secret(8),
  RAZORPAY_WEBHOOK_SECRET_PREVIOUS: secret(8).optional(),
  RAZORPAY_API_URL: url(/^https?$/, 'an http(s) URL').optional(),
  AWS_REGION: text(),
  AWS_ACCESS_KEY_ID: text(),
  AWS_SECRET_ACCESS_KEY: text(),
  AWS_SES_ENDPOINT: url(/^https?$/, 'an http(s) URL').optional(),
  SHOP_NAME: text().default('Holdfast'),
  CURRENCY: z.string().refine(isCurrency, 'must be a currency code such as INR').default('INR'),
  MAIL_FROM: email,
  ADMIN_EMAIL: email.optional(),
  CART_HOLD_MINUTES: integer(1, 24 * 60).default(30),
  CART_MAX_LINES: integer(1, 50).default(50),
  CARTS_PER_ADDRESS_HOURLY: integer(1, 1_000_000).default(200),
  ORDER_PENDING_MINUTES: integer(1, 24 * 60).default(15),
  PART_PAID_HOLD_HOURS: integer(1, 24 * 30).default(24),
  UNPAID_ORDERS_PER_ACCOUNT: integer(1, 1_000_000).default(5),
  PASSWORD_RESET_URL: url(/^https?$/, 'an http(s) URL'),
  SIGN_INS_PER_ADDRESS: integer(1, 1_000_000).default(50),
  SIGN_INS_PER_ACCOUNT: integer(1, 1_000_000).default(10),
  SIGN_INS_PER_ACCOUNT_EVERYWHERE: integer(1, 1_000_000).default(100),
  REGISTRATIONS_PER_ADDRESS_HOURLY: integer(1, 1_000_000).default(20),
  REGISTRATIONS_PER_ACCOUNT_HOURLY: integer(1, 1_000_000).default(5),
  REGISTRATIONS_PER_ACCOUNT_EVERYWHERE_HOURLY: integer(1, 1_000_000).default(100),
  RESETS_PER_ADDRESS_HOURLY: integer(1, 1_000_000).default(20),
  RESETS_PER_ACCOUNT_HOURLY: integer(1, 1_000_000).default(5),
  RESETS_PER_ACCOUNT_EVERYWHERE_HOURLY: integer(1, 1_000_000).default(100),
  CONTACTS_PER_ADDRESS_HOURLY: integer(1, 1_000_000).default(10),
  CONTACTS_PER_ACCOUNT_HOURLY: integer(1, 1_000_000).default(5),
  CONTACTS_PER_ACCOUNT_EVERYWHERE_HOURLY: integer(1, 1_000_000).default(100),
});

/** The name of every variable that is read, but for NODE_ENV. */
export const VARIABLES: readonly string[] = Object.keys(variables.shape);

/** Values that everybody may know: they open nothing but the sandbox on this machine. Never used in production. */
const DEVELOPMENT_DEFAULTS: Partial<Record<keyof z.input<typeof variables>, string>> = {
  TOKEN_KEY: 'development-only-key-that-signs-nothing-real',
  METRICS_TOKEN: 'development-metrics',
  RAZORPAY_KEY_ID: 'rzp_test_sandbox',
  RAZORPAY_KEY_SECRET: 'sandbox-key-secret',
  RAZORPAY_WEBHOOK_SECRET: 'sandbox-webhook-secret',
  AWS_REGION: 'ap-south-1',
  AWS_ACCESS_KEY_ID: 'sandbox',
  AWS_SECRET_ACCESS_KEY: 'sandbox',
  MAIL_FROM: 'shop@holdfast.example',
  ADMIN_EMAIL: 'admin@holdfast.example',
  PASSWORD_RESET_URL: 'https://shop.holdfast.example/reset-password',
};

/** Where `npm run storefront`, and a frontend's own development server, usually serve their pages. */
const FRONTEND_ORIGINS = 'http://localhost:5173,http://127.0.0.1:5173';

/** Outside production these may be missing: the sandbox then stands in for what they name. */
const SANDBOXED = { DATABASE_URL: true, HOST_IP: true, REDIS_PORT: true } as const;
const developmentVariables = variables.partial(SANDBOXED);
/** In production this machine's own address is nobody's: pages from there would be trusted as our own. */
const productionVariables = variables.required({ PUBLIC_URL: true });
/** An address of Redis that is given as a whole needs no parts. */
const productionByUrl = productionVariables.partial({ HOST_IP: true, REDIS_PORT: true });

/** Reads and validates the environment; throws ConfigError with every problem at once. */
export function loadConfig(env: NodeJS.ProcessEnv = process.env): DeclaredConfig {
  const environment = z
    .enum(['production', 'development', 'test'])
    .safeParse(env['NODE_ENV'] ?? 'development');
  if (!environment.success) throw new ConfigError(['NODE_ENV must be production, development or test']);
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const production = environment.data === 'production';
  const required = given['REDIS_URL'] === undefined ? productionVariables : productionByUrl;
  const parsed = production
    ? required.safeParse(given)
    : developmentVariables.safeParse({
        ...DEVELOPMENT_DEFAULTS,
        ...(environment.data === 'development' && { CORS_ORIGINS: FRONTEND_ORIGINS }),
        ...given,
      });
  const problems = [
    ...(parsed.error?.issues.map(describe) ?? []),
    ...(production ? weakInProduction(given) : []),
    ...redisSaidTwice(given),
  ];
  if (problems.length > 0 || !parsed.success) throw new ConfigError(problems);
  const values = parsed.data;
  if ((values.HOST_IP === undefined) !== (values.REDIS_PORT === undefined)) {
    throw new ConfigError(['HOST_IP and REDIS_PORT go together: give both or neither']);
  }
  const redis = redisFrom(values);
  const sandboxKey = values.RAZORPAY_KEY_ID === DEVELOPMENT_DEFAULTS.RAZORPAY_KEY_ID;
  return {
    settings: settingsFrom(values, environment.data),
    connections: {
      ...(values.DATABASE_URL !== undefined && { databaseUrl: values.DATABASE_URL }),
      ...(redis !== undefined && { redis }),
      ...razorpayConnection(values.RAZORPAY_API_URL, sandboxKey && !production),
      ...sesConnection(values.AWS_SES_ENDPOINT, values.AWS_ACCESS_KEY_ID === 'sandbox' && !production),
    },
  };
}

/**
 * On Node 20 Amazon's SDK warns, when its first client is made, that versions of it from 2027 on need Node 22. The lock file has an
 * earlier one, so nobody has to act; whoever wants to read it sets the variable to `false`.
 */
export function keepAmazonsSdkQuiet(env: NodeJS.ProcessEnv = process.env): void {
  env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
}

/** What stands in this file opens nothing in production, and what is kept has a name there. Answers what is to be mended. */
function weakInProduction(given: Readonly<Record<string, string | undefined>>): string[] {
  const secrets = ['TOKEN_KEY', 'METRICS_TOKEN', 'RAZORPAY_KEY_SECRET', 'RAZORPAY_WEBHOOK_SECRET'] as const;
  const problems = secrets
    .filter((name) => given[name] !== undefined && given[name] === DEVELOPMENT_DEFAULTS[name])
    .map((name) => `${name} is the published one of development: use one of your own`);
  const url = given['DATABASE_URL'];
  if (url !== undefined && MONGODB_URL.test(url) && !/^[^/]+\/\/[^/]+\/[^?]/.test(url))
    problems.push('DATABASE_URL must name a database behind its last slash, as in mongodb://host/holdfast');
  return problems;
}

/** Of two addresses nobody knows which is meant, and a file of certificates without TLS would check nothing. */
function redisSaidTwice(given: Readonly<Record<string, string | undefined>>): string[] {
  const url = given['REDIS_URL'];
  if (given['REDIS_CA_FILE'] !== undefined && !(url ?? '').startsWith('rediss:'))
    return [
      'REDIS_CA_FILE is for TLS: set REDIS_URL to an address that begins with rediss://, or take it out',
    ];
  const twice = ['HOST_IP', 'REDIS_PORT', 'REDIS_PASSWORD', 'REDIS_DB'].filter((name) => name in given);
  if (url === undefined || twice.length === 0) return [];
  return [`REDIS_URL says what ${twice.join(', ')} would say: give one or the other`];
}

function redisFrom(values: z.output<typeof developmentVariables>): RedisAddress | undefined {
  const { REDIS_URL: url, REDIS_CA_FILE: caFile, HOST_IP: host, REDIS_PORT: port } = values;
  if (url !== undefined) return { ...url, ...(url.tls !== undefined && { tls: { caFile } }) };
  if (host === undefined || port === undefined) return undefined;
  return { ...plainRedis({ host, port, db: values.REDIS_DB }), password: values.REDIS_PASSWORD };
}

function razorpayConnection(apiUrl: string | undefined, sandboxed: boolean): Partial<Connections> {
  if (apiUrl !== undefined) return { razorpayUrl: apiUrl };
  return sandboxed ? {} : { razorpayUrl: 'https://api.razorpay.com' };
}

function sesConnection(endpoint: string | undefined, sandboxed: boolean): Partial<Connections> {
  return endpoint === undefined && sandboxed ? {} : { sesEndpoint: endpoint };
}

function settingsFrom(
  values: z.output<typeof developmentVariables>,
  environment: Settings['environment'],
): Settings {
  const production = environment === 'production';
  return {
    environment,
    role: values.ROLE,
    host: values.HOST ?? (production ? '0.0.0.0' : '127.0.0.1'),
    port: values.PORT,
    logLevel: values.LOG_LEVEL,
    trustedProxies: values.TRUSTED_PROXIES,
    corsOrigins: values.CORS_ORIGINS,
    publicUrl: values.PUBLIC_URL ?? `http://127.0.0.1:${values.PORT}`,
    token: { key: values.TOKEN_KEY, lifetimeMs: values.SESSION_HOURS * HOUR },
    secureCookies: values.COOKIE_SECURE === undefined ? production : values.COOKIE_SECURE === 'true',
    passwordCost: values.PASSWORD_COST,
    metricsToken: values.METRICS_TOKEN,
    razorpay: {
      keyId: values.RAZORPAY_KEY_ID,
      keySecret: values.RAZORPAY_KEY_SECRET,
      webhookSecret: values.RAZORPAY_WEBHOOK_SECRET,
      previousWebhookSecret: values.RAZORPAY_WEBHOOK_SECRET_PREVIOUS,
    },
    ses: {
      region: values.AWS_REGION,
      accessKeyId: values.AWS_ACCESS_KEY_ID,
      secretAccessKey: values.AWS_SECRET_ACCESS_KEY,
    },
    shop: {
      name: values.SHOP_NAME,
      currency: values.CURRENCY,
      mailFrom: values.MAIL_FROM,
      adminEmail: values.ADMIN_EMAIL,
    },
    cart: {
      holdMs: values.CART_HOLD_MINUTES * MINUTE,
      maxLines: values.CART_MAX_LINES,
      newPerAddressHourly: values.CARTS_PER_ADDRESS_HOURLY,
    },
    orders: {
      pendingMs: values.ORDER_PENDING_MINUTES * MINUTE,
      partPaidMs: values.PART_PAID_HOLD_HOURS * HOUR,
      mostUnpaid: values.UNPAID_ORDERS_PER_ACCOUNT,
    },
    rateLimits: rateLimitsFrom(values),
    passwordResetUrl: values.PASSWORD_RESET_URL,
  };
}

function rateLimitsFrom(values: z.output<typeof developmentVariables>): Settings['rateLimits'] {
  return {
    signIn: {
      perAddress: values.SIGN_INS_PER_ADDRESS,
      perAccount: values.SIGN_INS_PER_ACCOUNT,
      perAccountEverywhere: values.SIGN_INS_PER_ACCOUNT_EVERYWHERE,
      windowMs: 15 * MINUTE,
    },
    registration: {
      perAddress: values.REGISTRATIONS_PER_ADDRESS_HOURLY,
      perAccount: values.REGISTRATIONS_PER_ACCOUNT_HOURLY,
      perAccountEverywhere: values.REGISTRATIONS_PER_ACCOUNT_EVERYWHERE_HOURLY,
      windowMs: HOUR,
    },
    reset: {
      perAddress: values.RESETS_PER_ADDRESS_HOURLY,
      perAccount: values.RESETS_PER_ACCOUNT_HOURLY,
      perAccountEverywhere: values.RESETS_PER_ACCOUNT_EVERYWHERE_HOURLY,
      windowMs: HOUR,
    },
    contact: {
      perAddress: values.CONTACTS_PER_ADDRESS_HOURLY,
      perAccount: values.CONTACTS_PER_ACCOUNT_HOURLY,
      perAccountEverywhere: values.CONTACTS_PER_ACCOUNT_EVERYWHERE_HOURLY,
      windowMs: HOUR,
    },
  };
}

/** Which rule a variable breaks. Only our own words and the variable's name: the value may be a secret. */
function describe(issue: z.core.$ZodIssue): string {
  const missing = issue.code === 'invalid_type' && issue.input === undefined;
  return `${issue.path.join('.')} ${missing ? 'is missing' : issue.message}`;
}

function isOrigin(value: string): boolean {
  return URL.canParse(value) && new URL(value).origin === value;
}

function isCurrency(value: string): boolean {
  return Intl.supportedValuesOf('currency').includes(value);
}
