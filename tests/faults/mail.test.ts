import { describe, expect, it } from '@jest/globals';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Mail, MailPage } from '../../generated/openapi.js';
import { createMailer } from '../../src/platform/mail.js';
import { bodyOf } from '../support/bodies.js';
import { admin, customer } from '../support/flows.js';
import { sharedApp, sharedRows } from '../support/shared.js';

/* SES away, in every way in which it can be, for minutes and for days. */

const app = await sharedApp();
const rows = await sharedRows(app);
const boss = await admin(app);

const MINUTE = 60_000;
const ADMIN_EMAIL = 'admin@holdfast.example';

/** Time passes in steps, and the job runs as it would have. */
async function pass(ms: number, stepMs: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += stepMs) {
    app.holdfast.clock.advance(stepMs);
    await app.holdfast.jobs.run('mail');
  }
}
async function mailTo(email: string): Promise<Mail | undefined> {
  const { data } = bodyOf<MailPage>(await boss.get('/v1/admin/mails').query({ limit: '100' }).expect(200));
  return data.find(({ to }) => to === email);
}

describe('N6: an hour without SES', () => {
  it.each(['down', 'error500', 'html502', 'throttle'] as const)(
    'loses no mail and doubles none (%s)',
    async (mode) => {
      await app.ses.control.trouble({ mode });
      const emails = [(await customer(app)).email, (await customer(app)).email, (await customer(app)).email];
      await app.quiet();
      await pass(60 * MINUTE, 5 * MINUTE);
      for (const email of emails) {
        expect(app.ses.mails(email)).toHaveLength(0);
        expect(await mailTo(email)).toMatchObject({ state: 'queued', isRetryable: true });
      }
      await app.ses.control.trouble({ mode: 'none' });
      await pass(180 * MINUTE, 30 * MINUTE);
      for (const email of emails) {
        expect(app.ses.mails(email)).toHaveLength(1);
        expect(await mailTo(email)).toMatchObject({ state: 'sent', lastError: null });
      }
    },
    60_000,
  );

  it('that hangs instead of refusing keeps a mail, and others are answered meanwhile', async () => {
    // Ten seconds is what an attempt waits; the stand-in sleeps for longer.
    await app.ses.control.trouble({ mode: 'slow', delayMs: 12_000 });
    const { email } = await customer(app);
    const started = performance.now();
    await boss.get('/v1/admin/mails').expect(200);
    expect(performance.now() - started).toBeLessThan(5_000);
    await app.quiet();
    expect((await mailTo(email))?.lastError).toMatch(/Timeout/i);
    await app.ses.control.trouble({ mode: 'none' });
    await pass(5 * MINUTE, MINUTE);
    expect(await mailTo(email)).toMatchObject({ state: 'sent' });
    // It may have been taken while nobody listened any more: at least once.
    expect(app.ses.mails(email).length).toBeGreaterThanOrEqual(1);
  }, 60_000);
});

it('N6: an SES that begins an answer and never ends it keeps no worker', async () => {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/xml' });
    const drop = setInterval(() => response.write(' '), 500);
    response.on('close', () => clearInterval(drop));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const mailer = createMailer({
    ses: { region: 'eu-west-1', accessKeyId: 'key', secretAccessKey: 'secret' },
    endpoint: `http://127.0.0.1:${port}`,
    from: { name: 'Holdfast', address: 'shop@holdfast.example' },
  });
  const mail = {
    id: 'mail-1',
    to: 'asha@example.com',
    subject: 'Hello',
    html: '<p>Hello</p>',
    text: 'Hello',
  };
  await expect(mailer.send(mail)).rejects.toMatchObject({
    kind: 'temporary',
    message: expect.stringContaining('Timeout'),
  });
  mailer.close();
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
}, 30_000);

describe('N6: days without SES', () => {
  it('a mail is given up about a day later, is kept, and is sent when an admin asks for it', async () => {
    await app.ses.control.trouble({ mode: 'down' });
    const { email } = await customer(app);
    await app.quiet();
    await pass(14 * 60 * MINUTE, 60 * MINUTE);
    expect(await mailTo(email)).toMatchObject({ state: 'queued' });
    await pass(22 * 60 * MINUTE, 30 * MINUTE);
    const mail = await mailTo(email);
    expect(mail).toMatchObject({ state: 'dead', attempts: 24, isRetryable: true });
    await app.ses.control.trouble({ mode: 'none' });
    await boss.post(`/v1/admin/mails/${mail?.id ?? ''}/retry`).expect(200);
    await app.quiet();
    expect(app.ses.mails(email)).toHaveLength(1);
  }, 60_000);
});

describe('N5: a mail that was given up', () => {
  const notices = async () =>
    (await rows.all('mails', { to: ADMIN_EMAIL })).filter(({ dedupeKey }) =>
      String(dedupeKey).includes('mail_died'),
    );

  it('is told to the shop, once a day at most, and never of such a notice itself', async () => {
    // A day of its own.
    app.holdfast.clock.advance(24 * 60 * MINUTE);
    const before = (await notices()).length;
    await app.ses.control.trouble({ mode: 'reject' });
    for (let n = 0; n < 3; n += 1) await customer(app);
    await app.quiet();
    await pass(2 * MINUTE, MINUTE);
    const told = (await notices()).slice(before);
    expect(told).toHaveLength(1);
    // It was refused too, and that was the end of it.
    expect(told[0]).toMatchObject({ state: 'dead', kind: 'admin_notice' });
    await app.ses.control.trouble({ mode: 'none' });
    await boss.post(`/v1/admin/mails/${told[0]?._id ?? ''}/retry`).expect(200);
    await app.quiet();
    expect(app.ses.mails(ADMIN_EMAIL).at(-1)?.subject).toBe('A mail could not be sent');
    app.holdfast.clock.advance(24 * 60 * MINUTE);
    await app.ses.control.trouble({ mode: 'reject' });
    await customer(app);
    await app.quiet();
    expect((await notices()).slice(before)).toHaveLength(2);
  });
});
