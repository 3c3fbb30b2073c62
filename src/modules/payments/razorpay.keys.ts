import { messageOf } from '../../platform/errors.js';
import type { Log } from '../../platform/log.js';
import { GatewayError } from './razorpay.errors.js';
import type { Gateway } from './razorpay.js';

/** What this process knows of whether Razorpay takes the shop's keys. */
export type PaymentKeys = ReturnType<typeof createPaymentKeys>;

const WRONG =
  'Razorpay does not take the keys: check RAZORPAY_KEY_ID and RAZORPAY_KEY_SECRET (both of one pair, of the right mode and account). ' +
  'Until then no payment can be started and no refund is made';

/** Notes each answer of Razorpay, and logs when it turns: wrong keys are seen at the start, not by the first customer. */
export function createPaymentKeys(log: Log) {
  let areTaken: boolean | undefined;
  return {
    note(now: boolean): void {
      if (now === areTaken) return;
      if (!now) log.error(WRONG);
      else if (areTaken === false) log.info('Razorpay takes the keys again');
      areTaken = now;
    },

    /** Undefined until Razorpay has said it, one way or the other. */
    areRefused: (): boolean | undefined => (areTaken === undefined ? undefined : !areTaken),

    /** Asks Razorpay, by a gateway that notes here. Over within its time-out; never throws: what is wrong is logged. */
    async check(gateway: Pick<Gateway, 'tryKeys'>): Promise<void> {
      await gateway.tryKeys().catch((error: unknown) => {
        if (error instanceof GatewayError && error.keysRefused) return;
        log.warn({ error: messageOf(error) }, 'Razorpay does not say yet whether it takes the keys');
      });
    },
  };
}
