import type { Mail } from '../../src/sandbox/ses.js';
import type { TestApp } from './app.js';

/** Mails to an address, the oldest first, once everything that is due was sent. */
export async function mailsTo(app: TestApp, email: string): Promise<Mail[]> {
  await app.quiet();
  return app.ses.mails(email);
}

/** The token of the newest link for a new password that was sent to an address; throws where there is none. */
export async function resetToken(app: TestApp, email: string): Promise<{ token: string; mail: Mail }> {
  const mails = await mailsTo(app, email);
  const mail = mails.findLast(({ text }) => text.includes('#token='));
  const token = /#token=([\w-]+)/.exec(mail?.text ?? '')?.[1];
  if (mail === undefined || token === undefined) throw new Error(`no link was sent to ${email}`);
  return { token, mail };
}
