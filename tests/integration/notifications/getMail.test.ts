import { describe, expect, it } from '@jest/globals';
import type { MailDetail, MailPage } from '../../../generated/openapi.js';
import { bodyOf, codeOf } from '../../support/bodies.js';
import { admin, aProduct, customer, pay, placeOrder } from '../../support/flows.js';
import { sharedApp, sharedRows } from '../../support/shared.js';

const app = await sharedApp();
const rows = await sharedRows(app);
const boss = await admin(app);

async function mailTo(email: string, kind: string): Promise<MailDetail> {
  const { data } = bodyOf<MailPage>(await boss.get('/v1/admin/mails').query({ kind }).expect(200));
  const id = data.find(({ to }) => to === email)?.id ?? '';
  return bodyOf(await boss.get(`/v1/admin/mails/${id}`).expect(200));
}

describe('200', () => {
  it('N6: shows what the mail says, as it was sent', async () => {
    const buyer = await customer(app);
    const { id } = await aProduct(app);
    const order = await placeOrder(buyer, [{ productId: id, quantity: 1 }]);
    await pay(app, buyer, order.id);
    await app.holdfast.jobs.run('mail');
    const { mail, preview } = await mailTo(buyer.email, 'order_confirmation');
    expect(mail).toMatchObject({ to: buyer.email, state: 'sent' });
    const sent = app.ses.mails(buyer.email).find(({ subject }) => subject.includes(order.number));
    expect(preview).toEqual({ subject: sent?.subject, html: sent?.html, text: sent?.text });
  });

  it('N6: what people wrote is text in the preview and never markup', async () => {
    const evil = '<img src=x onerror=alert(1)><script>';
    const buyer = await customer(app, evil);
    const { preview } = await mailTo(buyer.email, 'welcome');
    expect(preview?.html).not.toMatch(/<img|<script/);
    expect(preview?.html).not.toMatch(/https?:\/\//);
    expect(preview?.text).toContain(evil);
  });

  it('N6: a mail whose content cannot be read is shown without what it says', async () => {
    const buyer = await customer(app);
    const row = await rows.one('mails', { to: buyer.email });
    await rows.set('mails', row._id, { $set: { data: { nonsense: true } } });
    const { mail, preview } = await mailTo(buyer.email, 'welcome');
    expect([mail.id, preview]).toEqual([row._id, null]);
  });
});

describe('404', () => {
  it('N6: tells what does not exist', async () => {
    const answer = await boss.get('/v1/admin/mails/nothing-has-this-id').expect(404);
    expect(codeOf(answer)).toBe('not_found');
  });
});
