import { afterAll, afterEach } from '@jest/globals';
import { startTestApp, type TestApp, type TestOptions } from './app.js';
import { openRows, type Rows } from './rows.js';

/**
 * One Holdfast for all tests of a file. The file awaits it at its top level, before the first test, so that it is a constant;
 * it stops after the last test. After each test Razorpay and SES work again, whatever the test had them do.
 */
export async function sharedApp(options: TestOptions = {}): Promise<TestApp> {
  const app = await startTestApp(options);
  afterEach(async () => {
    await app.razorpay.control.trouble({ mode: 'none' });
    await app.razorpay.control.setRefundOutcome({ outcome: 'processed' });
    await app.ses.control.trouble({ mode: 'none' });
  });
  afterAll(() => app.stop());
  return app;
}

/** The rows of such a Holdfast; closed after the last test. */
export async function sharedRows(app: TestApp): Promise<Rows> {
  const rows = await openRows(app);
  afterAll(() => rows.close());
  return rows;
}
