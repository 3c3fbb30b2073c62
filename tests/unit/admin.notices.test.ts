import { describe, expect, test } from '@jest/globals';
import type { ClientSession } from 'mongoose';
import { createAdminNotices } from '../../src/modules/notifications/admin.notices.js';
import type { NewMail } from '../../src/modules/notifications/notifications.store.js';
import { previewMail } from '../../src/modules/notifications/notifications.templates.js';

const session = {} as ClientSession;

function noticesTo(to: string | undefined) {
  const added: NewMail[] = [];
  const outbox = { add: (mail: NewMail) => Promise.resolve(void added.push(mail)) };
  const clock = { now: () => new Date('2026-03-14T23:59:59Z') };
  return { added, notices: createAdminNotices({ outbox, to, clock }) };
}
const dead = { id: 'm1', kind: 'welcome', to: 'asha@example.com', error: 'MessageRejected' };
const refund = {
  id: 'r1',
  orderNumber: 'HF-1',
  amount: { amount: 5_000, currency: 'INR' },
  state: 'refused' as const,
  why: 'The balance is too low.',
};

describe('N5: notices to the shop', () => {
  test('are none without an address', async () => {
    const { added, notices } = noticesTo(undefined);
    await notices.mailDied(dead, session);
    await notices.refundTroubled(refund, session);
    expect(added).toEqual([]);
  });

  test('have one cause each, so that nothing is told twice', async () => {
    const { added, notices } = noticesTo('owner@shop.example');
    await notices.refundTroubled(refund, session);
    await notices.refundTroubled({ ...refund, state: 'failed' }, session);
    await notices.mailDied(dead, session);
    await notices.mailDied({ ...dead, to: 'owner@shop.example' }, session);
    await notices.drift('cause', { repaired: [], unexplained: ['p: 1'] }, session);
    expect(added.map(({ dedupeKey }) => dedupeKey)).toEqual([
      'admin_notice:refund_refused:r1',
      'admin_notice:refund_failed:r1',
      'admin_notice:mail_died:2026-03-14',
      'admin_notice:drift:cause',
    ]);
  });

  test('name twenty of many and count the rest', async () => {
    const { added, notices } = noticesTo('owner@shop.example');
    const unexplained = Array.from({ length: 25 }, (_, n) => `product ${n}: off`);
    await notices.drift('cause', { repaired: [], unexplained }, session);
    const [mail] = added;
    if (mail === undefined) throw new Error('nothing was added');
    const { subject, text } = previewMail(mail, { name: 'Holdfast' });
    expect(subject).toBe('Reconciliation: 25 not explained, 0 repaired');
    expect(text).toContain('product 19: off');
    expect(text).not.toContain('product 20: off');
    expect(text).toContain('5 more');
  });
});
