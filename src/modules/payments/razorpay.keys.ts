import { setTimeout as delay } from 'node:timers/promises';
import { messageOf } from '../../platform/errors.js';
import type { Log } from '../../platform/log.js';
import { GatewayError, type KeysVerdict } from './razorpay.errors.js';
import type { Gateway, GatewayCall } from './razorpay.js';

/** What this process knows of whether Razorpay takes the shop's keys. */
export type PaymentKeys = ReturnType<typeof createPaymentKeys>;

const WRONG =
  'Razorpay does not take the keys: check RAZORPAY_KEY_ID and RAZORPAY_KEY_SECRET (both of one pair, of the right mode and account). ' +
  'Until then no payment can be started and no refund is made';

const forbidden = (call: GatewayCall): string =>
  `Razorpay does not let these keys do one thing: look there at what the account may, and at RAZORPAY_KEY_ID (${call})`;

/** So long after a question that was not answered the next one is asked. */
const AGAIN_MS = 60_000;
/** So long after the last refusal an answer takes it back: one of many that are refused now and then says nothing yet. */
const CALM_MS = 600_000;

/**
 * Notes each answer of Razorpay, and logs when it turns: wrong keys are seen at the start, not by the first customer. Keys that are
 * not known may be so for everything, and any call that is answered takes that back; what they may not do is a matter of that call
 * alone.
 */
export function createPaymentKeys(deps: { log: Log; againMs?: number; calmMs?: number }) {
  const { log, againMs = AGAIN_MS, calmMs = CALM_MS } = deps;
  const stopping = new AbortController();
  /** When each refusal was last heard. */
  const refusals = new Map<GatewayCall | 'all', number>();
  let isHeard = false;

  const takeBack = (what: GatewayCall | 'all'): void => {
    const last = refusals.get(what);
    if (last === undefined || performance.now() - last < calmMs) return;
    refusals.delete(what);
    if (refusals.size === 0) log.info('Razorpay takes the keys again');
  };

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
    note(verdict: KeysVerdict, call: GatewayCall): void {
      isHeard = true;
      if (verdict === 'taken') {
        takeBack('all');
        takeBack(call);
        return;
      }
      // What is tried at the start is what any keys may do.
      const what = verdict === 'refused' || call === 'tryKeys' ? 'all' : call;
      // Of keys that are not known at all, nothing further is to be told.
      if (what !== 'all' && refusals.has('all')) return;
      if (!refusals.has(what)) log.error(what === 'all' ? WRONG : forbidden(what));
      refusals.set(what, performance.now());
    },

    /** Whether they are refused for anything. Undefined until Razorpay has said it, one way or the other. */
    areRefused: (): boolean | undefined => (isHeard ? refusals.size > 0 : undefined),

    /**
     * Asks Razorpay, by a gateway that notes here, again and again until it has said it or `stop` is called: at a start the way out
     * may not be open yet. Never throws: what is wrong is logged, silence once.
     */
    async check(gateway: Pick<Gateway, 'tryKeys'>): Promise<void> {
      const isStopped = (): boolean => stopping.signal.aborted;
      for (let isFirst = true; !isHeard && !isStopped(); isFirst = false) {
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
