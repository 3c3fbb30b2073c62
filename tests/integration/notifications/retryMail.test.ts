import { describe, expect, it } from '@jest/globals';
import type { Mail, MailDetail, MailPage } from '../../../generated/openapi.js';
import { bodyOf, codeOf } from '../../support/bodies.js';
import { admin, customer } from '../../support/flows.js';
import { sharedApp, sharedRows } from '../../support/shared.js';

const app = await sharedApp();
const rows = await sharedRows(app);
const boss = await admin(app);

/** A mail whose first attempt has ended as `mode` makes it end. */
async function failed(mode: 'reject' | 'throttle'): Promise<{ id: string; email: string }> {
  await app.ses.control.trouble({ mode });
  const { email } = await customer(app);
  await app.quiet();
  await app.holdfast.jobs.run('mail');
  await app.ses.control.trouble({ mode: 'none' });
  return { id: (await rows.one('mails', { to: email }))._id, email };
}
const retry = (id: string) => boss.post(`/v1/admin/mails/${id}/retry`);
const get = async (id: string): Promise<Mail> =>
  bodyOf<MailDetail>(await boss.get(`/v1/admin/mails/${id}`).expect(200)).mail;

describe('200', () => {
  it('N6: a mail that was given up is sent after all, once', async () => {
    const { id, email } = await failed('reject');
    expect(await get(id)).toMatchObject({ state: 'dead', isRetrying: false, isRetryable: true, attempts: 1 });
    expect((await get(id)).lastError).toMatch(/MessageRejected/);
    const queued = bodyOf<Mail>(await retry(id).expect(200));
    expect(queued).toMatchObject({ state: 'queued', isRetryable: false, lastError: null });
    await app.quiet();
    await app.holdfast.jobs.run('mail');
    expect(await get(id)).toMatchObject({ state: 'sent', attempts: 2 });
    expect(app.ses.mails(email)).toHaveLength(1);
  });

  it('N6: a mail that waits after a failure is due at once, with all its attempts before it', async () => {
    const { id, email } = await failed('throttle');
    expect(await get(id)).toMatchObject({ state: 'queued', isRetrying: true, isRetryable: true });
    const idsOf = async (query: object): Promise<string[]> =>
      bodyOf<MailPage>(await boss.get('/v1/admin/mails').query(query).expect(200)).data.map(
        (mail) => mail.id,
      );
    expect(await idsOf({ retrying: 'true' })).toEqual([id]);
    expect(await idsOf({ retrying: 'true', state: 'dead' })).toEqual([]);
    expect(await idsOf({ retrying: 'true', q: email })).toEqual([id]);
    await rows.set('mails', id, { $set: { lastError: null } });
    expect(await idsOf({ retrying: 'true', q: email })).toEqual([]);
    await rows.set('mails', id, { $set: { lastError: 'Throttling' } });
    await rows.set('mails', id, { $set: { attempts: 23 } });
    await app.ses.control.trouble({ mode: 'throttle', times: 1 });
    await retry(id).expect(200);
    await app.quiet();
    // The 24th in all would have been the last one.
    expect(await get(id)).toMatchObject({ state: 'queued', attempts: 24 });
    await retry(id).expect(200);
    await app.quiet();
    expect(app.ses.mails(email)).toHaveLength(1);
  });
});

describe('404', () => {
  it('N6: tells what does not exist', async () => {
    expect(codeOf(await retry('nothing-has-this-id').expect(404))).toBe('not_found');
  });
});

describe('409', () => {
  it('N6: what was sent is not sent again, nor by ten clicks at once', async () => {
    const { id, email } = await failed('reject');
    const answers = await Promise.all(Array.from({ length: 10 }, () => retry(id)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(9);
    await app.quiet();
    const again = await retry(id).expect(409);
    expect(codeOf(again)).toBe('mail_not_retryable');
    await app.quiet();
    expect(app.ses.mails(email)).toHaveLength(1);
  });
});
