import type { Readiness, UnreadyReason } from '../../../generated/openapi.js';
import type { Log } from '../log.js';

/** Answers why a dependency cannot do what a purchase needs; undefined where it can. Cheap: probes come each second. */
export type Check = () => Promise<UnreadyReason | undefined>;

export type ReadinessDeps = {
  checks: { database: Check; redis: Check };
  /** False while the server shuts down: no new requests should be sent to it. */
  accepting: () => boolean;
  log: Pick<Log, 'warn' | 'info'>;
};

/** A probe gives up waiting before whoever asks does. */
const PROBE_MS = 2_000;

/** Answers whether requests should be sent here. What keeps them away is logged when it turns, not each time. */
export function createReadiness({ checks, accepting, log }: ReadinessDeps): () => Promise<Readiness> {
  let told = '';

  const tell = (reasons: Readonly<Record<string, UnreadyReason>>): void => {
    const now = Object.values(reasons).length === 0 ? '' : JSON.stringify(reasons);
    if (now === told) return;
    told = now;
    if (now === '') log.info('ready again');
    else log.warn(reasons, 'not ready: purchases get 503');
  };

  return async () => {
    const [database, redis] = await Promise.all([inTime(checks.database), inTime(checks.redis)]);
    const away = { ...(database && { database }), ...(redis && { redis }) };
    tell(away);
    const reasons = { ...away, ...(!accepting() && { server: 'stopping' as const }) };
    const isReady = Object.keys(reasons).length === 0;
    return {
      status: isReady ? 'ok' : 'unavailable',
      checks: {
        database: database === undefined ? 'ok' : 'unavailable',
        redis: redis === undefined ? 'ok' : 'unavailable',
      },
      ...(!isReady && { reasons }),
    };
  };
}

async function inTime(check: Check): Promise<UnreadyReason | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const timeUp = new Promise<UnreadyReason>((resolve) => {
    timer = setTimeout(() => resolve('no_answer'), PROBE_MS);
  });
  const answered = check().catch((): UnreadyReason => 'no_answer');
  try {
    return await Promise.race([answered, timeUp]);
  } finally {
    clearTimeout(timer);
  }
}
