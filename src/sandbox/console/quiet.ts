import { setTimeout as delay } from 'node:timers/promises';

import type { Parts } from './parts.js';

const LONGEST_MS = 2_500;

/**
 * Waits until what was set going is done: webhooks delivered and worked off, mails sent. Not for long, since in trouble it
 * never is; what comes later is seen on the page all the same.
 */
export async function quiet({ holdfast, sandbox }: Pick<Parts, 'holdfast' | 'sandbox'>): Promise<void> {
  const settled = async (): Promise<void> => {
    // Twice: what the first events set going may make events of its own, as a refund does.
    for (let round = 1; round <= 2; round += 1) {
      await sandbox.running.razorpay?.control.waitUntilIdle();
      await holdfast.idle();
    }
  };
  await Promise.race([settled(), delay(LONGEST_MS, undefined, { ref: false })]);
}
