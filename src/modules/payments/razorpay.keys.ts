import { setTimeout as delay } from 'node:timers/promises';
import { messageOf } from '../../platform/errors.js';
import type { Log } from '../../platform/log.js';
import { GatewayError } from './razorpay.errors.js';
import type { Gateway } from './razorpay.js';

/** What this process knows of whether Razorpay takes the shop's keys. */
export type PaymentKeys = ReturnType<typeof createPaymentKeys>;

const WRONG =
  'Razorpay does not take the keys: check RAZORPAY_KEY_ID and RAZORPAY_KEY_SECRET (both of one pair, of the right mode and account). ' +
  'Until then no payment can be started and no refund is made';

/** So long after a question that was not answered the next one is asked. */
const AGAIN_MS = 60_000;

/** Notes each answer of Razorpay, and logs when it turns: wrong keys are seen at the start, not by the first customer. */
export function createPaymentKeys({ log, againMs = AGAIN_MS }: { log: Log; againMs?: number }) {
  const stopping = new AbortController();
  let areTaken: boolean | undefined;

  /** Answers why Razorpay has not said it; undefined where it has. */
  const ask = async (gateway: Pick<Gateway, 'tryKeys'>): Promise<string | undefined> => {
    try {
      await gateway.tryKeys();
      return undefined;
    } catch (error) {
      return error instanceof GatewayError && error.keysRefused ? undefined : messageOf(error);
    }
  };

  return {
    note(now: boolean): void {
      if (now === areTaken) return;
      if (!now) log.error(WRONG);
      else if (areTaken === false) log.info('Razorpay takes the keys again');
      areTaken = now;
    },

    /** Undefined until Razorpay has said it, one way or the other. */
    areRefused: (): boolean | undefined => (areTaken === undefined ? undefined : !areTaken),

    /**
     * Asks Razorpay, by a gateway that notes here, again and again until it has said it or `stop` is called: at a start the way out
     * may not be open yet. Never throws: what is wrong is logged, silence once.
     */
    async check(gateway: Pick<Gateway, 'tryKeys'>): Promise<void> {
      const isStopped = (): boolean => stopping.signal.aborted;
      for (let isFirst = true; areTaken === undefined && !isStopped(); isFirst = false) {
        const silence = await ask(gateway);
        if (silence === undefined || isStopped()) return;
        if (isFirst) log.warn({ error: silence }, 'Razorpay does not say yet whether it takes the keys');
        // Cut short by `stop`.
        await delay(againMs, undefined, { ref: false, signal: stopping.signal }).catch(() => undefined);
      }
    },

    /** Nothing is asked from now on. */
    stop: (): void => stopping.abort(),
  };
}
