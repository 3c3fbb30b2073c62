import type { BreakableServer, OutageKind } from '../outages.js';
import { OUTAGE_KINDS } from '../outages.js';
import { Refusal } from '../refusal.js';
import type { TroubleInput, TroubleMode, TroubleNow } from '../trouble.js';
import type { TroubleLine, TroubleService } from './console.types.js';
import type { Parts } from './parts.js';

/** Makes what Holdfast stands on fail for a while. */
export type Troubles = {
  list(): Promise<TroubleLine[]>;
  /** Throws a `Refusal` (409) where that service is not the sandbox's, or is in trouble already. */
  begin(service: TroubleService, mode: string, seconds: number): Promise<string>;
  /** Throws a `Refusal` (409) where nothing is the matter with it. */
  end(service: TroubleService): Promise<string>;
};

export const TROUBLE_SERVICES: readonly TroubleService[] = ['mongo', 'redis', 'razorpay', 'ses'];

/** One service that can fail; `setBy`: the setting that names another one. */
type Subject = {
  name: string;
  setBy: string;
  labels: Labels;
  hand: Hand | undefined;
};

/** What each trouble is called, by the mode that is asked for. */
type Labels = ReadonlyMap<string, string>;

type Hand = {
  now(): Promise<{ mode: string; until?: number } | undefined>;
  begin(mode: string, ms: number): Promise<void>;
  end(): Promise<void>;
};

const SERVER_LABELS: ReadonlyMap<OutageKind, string> = new Map([
  ['away', 'is away: nobody listens'],
  ['hangs', 'hangs: takes connections, answers nothing'],
]);

const SERVICE_LABELS: ReadonlyMap<TroubleMode, string> = new Map([
  ['down', 'is away: breaks connections off'],
  ['slow', 'is slow: answers after 3 s'],
  ['error500', 'answers with an error (500)'],
  ['throttle', 'is throttled'],
  ['reject', 'refuses everything'],
  ['act-then-hang', 'does it and never answers'],
]);

const SLOW_MS = 3_000;

export function createTroubles({ sandbox: { running } }: Pick<Parts, 'sandbox'>): Troubles {
  const subjects: Record<TroubleService, Subject> = {
    mongo: {
      ...{ name: 'MongoDB', setBy: 'DATABASE_URL', labels: SERVER_LABELS },
      hand: running.mongo && serverHand(running.mongo),
    },
    redis: {
      ...{ name: 'Redis', setBy: 'REDIS_URL or HOST_IP', labels: SERVER_LABELS },
      hand: running.redis && serverHand(running.redis),
    },
    razorpay: {
      ...{ name: 'Razorpay', setBy: 'RAZORPAY_API_URL', labels: SERVICE_LABELS },
      hand: running.razorpay && serviceHand(running.razorpay.control),
    },
    ses: {
      ...{ name: 'SES', setBy: 'AWS_SES_ENDPOINT', labels: SERVICE_LABELS },
      hand: running.ses && serviceHand(running.ses.control),
    },
  };

  const handOf = (service: TroubleService): Hand => {
    const { hand } = subjects[service];
    if (hand === undefined) throw new Refusal(notOurs(subjects[service]), { status: 409 });
    return hand;
  };

  return {
    list: () =>
      Promise.all(
        TROUBLE_SERVICES.map(async (service) => {
          const { name, labels, hand } = subjects[service];
          const now = await hand?.now();
          return {
            ...{ service, name },
            modes: [...labels].map(([mode, label]) => ({ mode, label })),
            cannot: hand === undefined ? notOurs(subjects[service]) : null,
            now:
              now === undefined
                ? null
                : { label: labels.get(now.mode) ?? now.mode, until: now.until ?? null },
          };
        }),
      ),

    async begin(service, mode, seconds) {
      const hand = handOf(service);
      const { name, labels } = subjects[service];
      const label = labels.get(mode);
      if (label === undefined) throw noSuch(name, mode);
      await hand.begin(mode, seconds * 1_000);
      return `For ${seconds} s ${name} ${label}.`;
    },

    async end(service) {
      const hand = handOf(service);
      const { name } = subjects[service];
      if ((await hand.now()) === undefined) {
        throw new Refusal(`Nothing is the matter with ${name}.`, { status: 409 });
      }
      await hand.end();
      return `${name} is back.`;
    },
  };
}

function notOurs({ name, setBy }: Subject): string {
  return `${name} is the one that ${setBy} names, not the sandbox’s own; the console leaves it alone.`;
}

function noSuch(name: string, mode: string): Refusal {
  return new Refusal(`${name} has no trouble "${mode}".`);
}

function serverHand(server: BreakableServer): Hand {
  return {
    async now() {
      const outage = server.outage();
      return outage && { mode: outage.kind, until: outage.until };
    },
    async begin(mode, ms) {
      const kind = OUTAGE_KINDS.find((known) => known === mode);
      if (kind === undefined) throw noSuch('A server', mode);
      await server.breakFor(kind, ms);
    },
    end: () => server.mend(),
  };
}

function serviceHand(control: {
  trouble(input: TroubleInput): Promise<void>;
  troubleNow(): Promise<TroubleNow>;
}): Hand {
  return {
    async now() {
      const now = await control.troubleNow();
      return now.mode === 'none' ? undefined : now;
    },
    async begin(mode, forMs) {
      const known = [...SERVICE_LABELS.keys()].find((one) => one === mode);
      if (known === undefined) throw noSuch('A service', mode);
      await control.trouble({ mode: known, delayMs: SLOW_MS, forMs });
    },
    end: () => control.trouble({ mode: 'none' }),
  };
}
