import { setTimeout as delay } from 'node:timers/promises';

import { messageOf } from '../platform/errors.js';
import type { KeptServer } from './keeper.js';
import { Refusal } from './refusal.js';

/** `hangs`: it accepts connections and answers nothing. `away`: it has ended, nobody listens. */
export type OutageKind = 'hangs' | 'away';

export const OUTAGE_KINDS: readonly OutageKind[] = ['hangs', 'away'];

/** `until`: real time, ms since 1970. Starting again takes a moment more. */
export interface Outage {
  kind: OutageKind;
  until: number;
}

/** A server of ours that can be out for a while. `pid` is that of the present process. */
export interface BreakableServer extends KeptServer {
  outage(): Outage | undefined;
  /** Resolves when it is out; it comes back by itself. Throws a `Refusal` while it is out already. */
  breakFor(kind: OutageKind, ms: number): Promise<void>;
  /** Resolves when it is back; at once where it was not out. */
  mend(): Promise<void>;
}

const AGAIN_MS = 1_000;

/** `restart` starts it anew at the address and on the data that it had. */
export function makeBreakable(options: {
  name: string;
  first: KeptServer;
  restart: () => Promise<KeptServer>;
  log: (line: string) => void;
}): BreakableServer {
  const { name, restart, log } = options;
  let server = options.first;
  let outage: Outage | undefined;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  // One step after the other: what ends an outage waits for what began it.
  let steps: Promise<void> = Promise.resolve();

  const inTurn = (step: () => Promise<void>): Promise<void> => {
    const done = steps.then(step);
    steps = done.catch(() => undefined);
    return done;
  };

  const begin: Record<OutageKind, () => Promise<void>> = {
    hangs: async () => void process.kill(server.pid, 'SIGSTOP'),
    away: () => server.stop(),
  };

  const end: Record<OutageKind, () => Promise<void>> = {
    hangs: async () => void process.kill(server.pid, 'SIGCONT'),
    away: async () => {
      while (!stopped) {
        try {
          server = await restart();
          return;
        } catch (error) {
          log(`${name} does not come back yet: ${messageOf(error)}`);
          await delay(AGAIN_MS, undefined, { ref: false });
        }
      }
    },
  };

  const mend = (): Promise<void> => {
    clearTimeout(timer);
    return inTurn(async () => {
      if (outage === undefined || stopped) return;
      try {
        await end[outage.kind]();
      } finally {
        outage = undefined;
      }
    });
  };

  const mendInTime = (): void => {
    mend().catch((error: unknown) => log(`${name} is not mended: ${messageOf(error)}`));
  };

  return {
    get pid() {
      return server.pid;
    },
    outage: () => outage,
    async breakFor(kind, ms) {
      if (outage !== undefined) throw new Refusal(`${name} is out already.`, { status: 409 });
      outage = { kind, until: Date.now() + ms };
      try {
        await inTurn(begin[kind]);
      } catch (error) {
        outage = undefined;
        throw error;
      }
      timer = setTimeout(mendInTime, ms);
      timer.unref();
    },
    mend,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      // A stopped process does not hear that it should end.
      if (outage?.kind === 'hangs') await end.hangs();
      await inTurn(() => server.stop());
    },
  };
}
