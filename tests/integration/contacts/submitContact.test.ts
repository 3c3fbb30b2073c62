import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { ContactReceipt } from '../../../generated/openapi.js';
import { bodyOf, wrongPlaces } from '../../support/bodies.js';
import { aMessage, contactOf, submitted } from '../../support/contacts.js';
import { admin } from '../../support/flows.js';
import { mailsTo } from '../../support/mails.js';
import { sharedApp } from '../../support/shared.js';

const app = await sharedApp();

const submit = (body: object) => request(app.url).post('/v1/contacts').send(body);

describe('201', () => {
  it('K1: takes a message from anybody, and tells them nothing but that', async () => {
    const answer = await submit(aMessage({ phone: '+91 98450 12345' })).expect(201);
    expect(answer.body).toEqual({ id: expect.any(String), createdAt: expect.any(String) });
  });

  it('K1: keeps it as it was written, without blank ends', async () => {
    const message = '  First line\n\n  second ₹ 🪔 "line" <b>\n';
    const sent = aMessage({ name: ' Zoë ', message });
    const { id } = bodyOf<ContactReceipt>(await submit(sent).expect(201));
    expect(await contactOf(await admin(app), id)).toEqual({
      id,
      name: 'Zoë',
      email: sent.email,
      phone: null,
      message: message.trim(),
      handled: false,
      handledAt: null,
      handledBy: null,
      version: 1,
      createdAt: expect.any(String),
    });
  });

  it('K1: a message of nothing but a wide blank is taken as it is', async () => {
    const { id } = bodyOf<ContactReceipt>(await submit(aMessage({ message: '\u3000' })).expect(201));
    expect(await contactOf(await admin(app), id)).toMatchObject({ message: '\u3000' });
  });

  it('K1, N5: sends one notice to ADMIN_EMAIL, in which nothing of the message is markup', async () => {
    const marker = `<script>alert(${Date.now()})</script>`;
    await submitted(app, { phone: '+91 98450 12345', message: `${marker}\nTotal: 0` });
    const notices = (await mailsTo(app, app.config.shop.adminEmail ?? '')).filter(({ text }) =>
      text.includes(marker),
    );
    expect(notices).toHaveLength(1);
    expect(notices[0]?.text).toContain('> Total: 0');
    expect(notices[0]?.text).toContain('+91 98450 12345');
    expect(notices[0]?.html).not.toContain('<script>');
  });
});

describe('400', () => {
  it.each([
    [{ message: '' }, '/body/message'],
    [{ message: ' \n\t ' }, '/body/message'],
    [{ message: 'x'.repeat(4_001) }, '/body/message'],
    [{ name: 'A\r\nBcc: x@example.com' }, '/body/name'],
    [{ email: 'asha@example.com\r\nBcc: x@example.com' }, '/body/email'],
    [{ phone: '' }, '/body/phone'],
  ])('K1: refuses %j', async (changed, path) => {
    expect(wrongPlaces(await submit(aMessage(changed)).expect(400))).toContain(path);
  });
});
