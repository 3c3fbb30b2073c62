import type { RequestListener } from 'node:http';
import { resolve } from 'node:path';
import { createServer } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import type { Sandbox } from './sandbox/start.js';
import { compose, type Holdfast } from './compose.js';
import {
  ConfigError,
  loadConfig,
  type Config,
  type Connections,
  type DeclaredConfig,
  type Settings,
} from './platform/config.js';
import { codeOf, messageOf } from './platform/errors.js';
import { createHttpServer } from './platform/http/server.js';
import { createLog, type Log } from './platform/log.js';
import { keepHeapSmall } from './platform/memory.js';
import { plainRedis } from './platform/redis.address.js';

/** A stop takes no longer, all in all: running requests and jobs get this time to end by themselves. */
const STOP_MS = 4_000;

type Running = { holdfast: Holdfast; server: ReturnType<typeof createHttpServer> | undefined };

async function main(): Promise<void> {
  keepHeapSmall();
  const declared = loadConfig();
  const { settings } = declared;
  const log = await logFor(settings);
  if (settings.role !== 'worker') await refuseTakenPort(settings);

  const sandbox = await startSandboxFor(declared);
  const stops: (() => Promise<void>)[] = sandbox === undefined ? [] : [() => sandbox.stop()];
  const stop = stopOnce(stops, log);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      log.info({ signal }, 'holdfast is stopping');
      void stop(0);
    });
  }
  try {
    const config = completed(declared, sandbox);
    const running = await start(config, log, sandbox);
    stops.unshift(() => close(running));
    if (sandbox !== undefined) {
      const { welcome } = await import('./sandbox/welcome.js');
      stops.unshift(await welcome({ holdfast: running.holdfast, sandbox, config }));
    } else {
      log.info(
        { role: config.role, ...(config.role !== 'worker' && { port: config.port }) },
        'holdfast is ready',
      );
    }
  } catch (error) {
    process.stderr.write(`Holdfast could not start: ${messageOf(error)}\n`);
    await stop(1);
  }
}

async function start(config: Config, log: Log, sandbox: Sandbox | undefined): Promise<Running> {
  const holdfast = await compose(config, log);
  sandbox?.running.ses?.tellTimeBy(holdfast.clock);
  let server: Running['server'];
  if (config.role !== 'worker') {
    server = createHttpServer(await behindConsole({ holdfast, config, sandbox }), {
      onRefusal: holdfast.refusals.note,
    });
    await server.listen(config.port, config.host);
  }
  if (config.role !== 'web') await holdfast.jobs.start();
  // Not waited for: a shop whose payments cannot be started still sells to those who pay later, and Razorpay may be slow.
  void holdfast.checkPaymentKeys();
  return { holdfast, server };
}

/** The API; where there is a sandbox, with its console at `/sandbox` in front. */
async function behindConsole(input: {
  holdfast: Holdfast;
  config: Config;
  sandbox: Sandbox | undefined;
}): Promise<RequestListener> {
  const { holdfast, config, sandbox } = input;
  if (sandbox === undefined) return holdfast.app;
  const { createConsole } = await import('./sandbox/console/console.js');
  return createConsole({ holdfast, config, sandbox }).before(holdfast.app);
}

async function logFor({ environment, logLevel }: Settings): Promise<Log> {
  if (environment !== 'development') return createLog({ level: logLevel });
  const { readableLog } = await import('./sandbox/readable.log.js');
  return createLog({ level: logLevel, destination: readableLog });
}

/** No new requests and no new jobs; then the connections. */
async function close({ holdfast, server }: Running): Promise<void> {
  holdfast.announceStop();
  await Promise.all([server?.stop(STOP_MS / 2), holdfast.jobs.stop(STOP_MS / 2)]);
  await holdfast.close();
}

/** The sandbox stands in for what the configuration leaves out; in production nothing may be left out. */
async function startSandboxFor(declared: DeclaredConfig): Promise<Sandbox | undefined> {
  const { settings, connections } = declared;
  const needs = {
    mongo: connections.databaseUrl === undefined,
    redis: connections.redis === undefined,
    razorpay: connections.razorpayUrl === undefined,
    ses: !('sesEndpoint' in connections),
  };
  if (settings.environment === 'production' || !Object.values(needs).includes(true)) return undefined;
  const { startSandbox } = await import('./sandbox/start.js');
  return startSandbox({
    dir: resolve('.sandbox'),
    needs,
    port: settings.port,
    razorpay: { ...settings.razorpay, webhookUrl: `${settings.publicUrl}/v1/webhooks/razorpay` },
    log: (line) => process.stdout.write(`${line}\n`),
  });
}

function completed({ settings, connections }: DeclaredConfig, sandbox: Sandbox | undefined): Config {
  const redis = connections.redis ?? (sandbox?.redis && plainRedis(sandbox.redis));
  const databaseUrl = connections.databaseUrl ?? sandbox?.databaseUrl;
  const razorpayUrl = connections.razorpayUrl ?? sandbox?.razorpayUrl;
  const sesEndpoint: Connections['sesEndpoint'] = connections.sesEndpoint ?? sandbox?.sesUrl;
  if (redis === undefined || databaseUrl === undefined || razorpayUrl === undefined) {
    throw new ConfigError([
      'DATABASE_URL, REDIS_URL (or HOST_IP and REDIS_PORT) and the Razorpay keys must all be given',
    ]);
  }
  return { ...settings, connections: { databaseUrl, redis, razorpayUrl, sesEndpoint } };
}

/** Runs the stops once, whatever asks for it and however often, and then leaves. */
function stopOnce(stops: readonly (() => Promise<void>)[], log: Log): (code: number) => Promise<void> {
  let stopping: Promise<void> | undefined;
  return (code) =>
    (stopping ??= (async () => {
      let exitCode = code;
      for (const stop of stops) {
        await Promise.race([stop(), deadline(STOP_MS)]).catch((error: unknown) => {
          exitCode = 1;
          log.error({ error: messageOf(error) }, 'a part did not stop cleanly');
        });
      }
      process.exit(exitCode);
    })());
}

/** Whatever hangs does not keep the process: what it leaves undone, the next start finishes. */
async function deadline(ms: number): Promise<never> {
  await setTimeout(ms, undefined, { ref: false });
  throw new Error(`a part did not stop within ${ms} ms`);
}

/** Asked before anything is started, so that the answer comes at once and nothing has to be stopped again. */
async function refuseTakenPort(settings: Settings): Promise<void> {
  const { host, port } = settings;
  await new Promise<void>((free, taken) => {
    const probe = createServer();
    probe.once('error', taken);
    probe.listen(port, host, () => probe.close(() => free()));
  }).catch((error: unknown) => {
    const advice = portAdvice(String(codeOf(error)), settings);
    throw advice === undefined ? error : new Error(advice, { cause: error });
  });
}

/** What to do where an address cannot be listened on; undefined where only the system's own words say what is wrong. */
function portAdvice(code: string, { environment, host, port }: Settings): string | undefined {
  switch (code) {
    case 'EADDRINUSE':
      return environment === 'production'
        ? `port ${port} of ${host} is in use. Stop what listens there, or set PORT to another.`
        : `port ${port} is in use. If it is Holdfast that runs there, it is ready already; otherwise stop what uses the port, or choose another: PORT=3100 npm start`;
    case 'EACCES':
      return `port ${port} may not be listened on by this user. Set PORT to one from 1024 on, and let a proxy in front have ${port}.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `${host} is no address of this machine. Set HOST to one that is (0.0.0.0: all of them).`;
    default:
      return undefined;
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`Holdfast could not start: ${messageOf(error)}\n`);
  process.exit(1);
});
