import { describe, expect, it } from '@jest/globals';
import type { MailPage } from '../../../generated/openapi.js';
import { bodyOf, wrongPlaces } from '../../support/bodies.js';
import { admin, customer } from '../../support/flows.js';
import { sharedApp } from '../../support/shared.js';

const app = await sharedApp();
const boss = await admin(app);
/** When they registered, and so were welcomed, a minute one after the other. */
const times: string[] = [];
const emails: string[] = [];
for (let n = 0; n < 3; n += 1) {
  app.holdfast.clock.advance(60_000);
  times.push(app.holdfast.clock.now().toISOString());
  emails.push((await customer(app)).email);
}
await app.holdfast.jobs.run('mail');

const list = async (query: object): Promise<MailPage> =>
  bodyOf(await boss.get('/v1/admin/mails').query(query).expect(200));
const to = (page: MailPage): string[] => page.data.map((mail) => mail.to);

describe('200', () => {
  it('N6: shows the mails with their states, the newest first, a page at a time', async () => {
    const page = await list({ limit: '2' });
    expect(to(page)).toEqual([emails[2], emails[1]]);
    expect(page.pagination).toEqual({ page: 1, limit: 2, total: 3, pages: 2 });
    expect(page.data[0]).toMatchObject({
      kind: 'welcome',
      state: 'sent',
      attempts: 1,
      isRetryable: false,
      lastError: null,
      nextAttemptAt: null,
    });
    expect(Date.parse(page.data[0]?.sentAt ?? '')).toBeGreaterThan(0);
    expect(to(await list({ sort: 'oldest' }))).toEqual(emails);
  });

  it('N6: finds by the beginning of a word of the recipient, by state, kind and time', async () => {
    const [name = ''] = (emails[1] ?? '').split('-');
    expect(to(await list({ q: name }))).toEqual([emails[1]]);
    expect(to(await list({ q: name.slice(1) }))).toEqual([]);
    expect(to(await list({ state: 'dead' }))).toEqual([]);
    expect(to(await list({ state: 'sent', kind: 'welcome' }))).toHaveLength(3);
    expect(to(await list({ kind: 'refund' }))).toEqual([]);
    expect(to(await list({ from: times[1] }))).toEqual([emails[2], emails[1]]);
    expect(to(await list({ to: times[1] }))).toEqual([emails[0]]);
  });
});

describe('400', () => {
  it.each([
    [{ state: 'lost' }, '/query/state'],
    [{ kind: 'spam' }, '/query/kind'],
    [{ retrying: 'yes' }, '/query/retrying'],
    [{ from: '2026-02-30T00:00:00Z' }, '/query/from'],
    [{ to: 'yesterday' }, '/query/to'],
    [{ sort: 'to' }, '/query/sort'],
  ])('X2: refuses %j', async (query, place) => {
    expect(wrongPlaces(await boss.get('/v1/admin/mails').query(query).expect(400))).toContain(place);
  });
});
