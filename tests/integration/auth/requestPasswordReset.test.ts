import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import request from 'supertest';
import { mailsTo, resetToken } from '../../support/mails.js';
import { anAdmin, aPerson } from '../../support/people.js';
import { sharedApp, sharedRows } from '../../support/shared.js';

const app = await sharedApp();
const rows = await sharedRows(app);

const ask = (email: string) => request(app.url).post('/v1/auth/password-reset').send({ email });
const nobody = (): string => `n${randomUUID()}@example.com`;

/** Every command that a request sends to the database, in order. */
async function workOf(work: () => PromiseLike<unknown>): Promise<string[]> {
  const done: string[] = [];
  mongoose.set('debug', (collection: string, method: string) => done.push(`${collection}.${method}`));
  await work();
  mongoose.set('debug', false);
  return done;
}

describe('202', () => {
  it('U4, N2: sends a link to the shop’s page, with the token where no server sees it', async () => {
    const { email } = await aPerson(app, 'Meera Iyer');
    await ask(email.toUpperCase()).expect(202, { accepted: true });
    const { token, mail } = await resetToken(app, email);
    expect(mail.text).toContain(`${app.config.passwordResetUrl}#token=${token}`);
    expect(mail.text).toContain('Hello Meera Iyer,');
    expect(mail.html).toContain(`href="${app.config.passwordResetUrl}#token=${token}"`);
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    // To the address as the account has it, not as it was typed.
    expect(mail.to).toEqual([email]);
  });

  it('U4: the token stands nowhere in the database, before its mail is sent or after', async () => {
    const { email } = await aPerson(app);
    await app.ses.control.trouble({ mode: 'error500', times: 1 });
    await ask(email).expect(202);
    await app.quiet();
    const waiting = JSON.stringify(await rows.all('mails', { to: email }));
    app.holdfast.clock.advance(60_000);
    await app.holdfast.jobs.run('mail');
    const { token } = await resetToken(app, email);
    for (const text of [
      waiting,
      JSON.stringify(await rows.all('mails')),
      JSON.stringify(await rows.all('users')),
    ]) {
      expect(text).not.toContain(token);
    }
  });

  it('U4: an address without an account gets the same answer by the same work, no mail, and leaves nothing', async () => {
    const { email } = await aPerson(app);
    const stranger = nobody();
    const answers = [await ask(email), await ask(stranger)];
    const [known, unknown] = answers.map(({ status, text, headers }) => ({
      status,
      text,
      headers: Object.keys(headers).sort(),
    }));
    expect(unknown).toEqual(known);
    await app.quiet();
    const forKnown = await workOf(() => ask(email));
    await app.quiet();
    const forUnknown = await workOf(() => ask(stranger));
    await app.quiet();
    // What is sent afterwards is not waited for: it begins with the first look for due mails.
    const before = (work: string[]): string[] => {
      const end = work.indexOf('mails.findOneAndUpdate');
      return end === -1 ? work : work.slice(0, end);
    };
    expect(before(forUnknown)).toEqual(before(forKnown));
    expect(before(forKnown).length).toBeGreaterThanOrEqual(2);
    expect(await mailsTo(app, stranger)).toEqual([]);
    expect(await rows.all('mails', { to: stranger })).toEqual([]);
  });

  it('U4: of five that are asked for at once, all are answered, and one link is open in the end', async () => {
    const { email } = await aPerson(app);
    const answers = await Promise.all(Array.from({ length: 5 }, () => ask(email)));
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202, 202]);
    const texts = (await mailsTo(app, email)).map(({ text }) => text).join();
    const tokens = [...texts.matchAll(/#token=([\w-]+)/g)].map(([, token = '']) => token);
    const uses = [];
    for (const token of tokens) {
      const body = { token, password: 'a new horse battery' };
      uses.push((await request(app.url).post('/v1/auth/password-reset/confirm').send(body)).status);
    }
    expect(uses.filter((status) => status === 204)).toHaveLength(1);
  });

  it('U4, U5: a blocked account gets the same answer and no mail', async () => {
    const [admin, person] = [await anAdmin(app), await aPerson(app)];
    await admin.agent.patch(`/v1/admin/users/${person.id}`).send({ version: 1, blocked: true }).expect(200);
    await ask(person.email).expect(202, { accepted: true });
    expect((await mailsTo(app, person.email)).map(({ text }) => text).join()).not.toContain('#token=');
  });

  it('U4: a mail that can be sent only after its link is over is not sent', async () => {
    const { email } = await aPerson(app);
    await app.quiet();
    await app.ses.control.trouble({ mode: 'error500', times: 1 });
    await ask(email).expect(202);
    await app.quiet();
    app.holdfast.clock.advance(31 * 60_000);
    await app.holdfast.jobs.run('mail');
    expect(await mailsTo(app, email)).toHaveLength(1);
    expect(await rows.all('mails', { to: email, kind: 'password_reset' })).toEqual([]);
  });
});
