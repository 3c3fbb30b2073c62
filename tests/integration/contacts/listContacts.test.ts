import { describe, expect, it } from '@jest/globals';
import type { ContactPage } from '../../../generated/openapi.js';
import { bodyOf } from '../../support/bodies.js';
import { contactOf, submitted } from '../../support/contacts.js';
import { admin } from '../../support/flows.js';
import { sharedApp } from '../../support/shared.js';

const app = await sharedApp();
const boss = await admin(app);
const ids = {
  lamp: await submitted(app, { name: 'Meera Iyer', phone: '+91 98450 12345' }),
  hours: await submitted(app, { email: 'ravi.k@lamps.example', message: 'When do you open on Sundays?' }),
  long: await submitted(app, {
    message: `${Array.from({ length: 300 }, (_, i) => `word${i}`).join(' ')} Kintsugi`,
  }),
};
await boss.patch(`/v1/admin/contacts/${ids.hours}`).send({ version: 1, handled: true }).expect(200);

async function list(query: object): Promise<ContactPage> {
  return bodyOf<ContactPage>(await boss.get('/v1/admin/contacts').query(query).expect(200));
}
const idsOf = ({ data }: ContactPage): string[] => data.map(({ id }) => id);

describe('200', () => {
  it('K2: pages through all messages, the newest first, or the oldest', async () => {
    const page = await list({ limit: 2 });
    expect(page.pagination).toEqual({ page: 1, limit: 2, total: 3, pages: 2 });
    expect(idsOf(page)).toEqual([ids.long, ids.hours]);
    expect(idsOf(await list({ sort: 'oldest' }))).toEqual([ids.lamp, ids.hours, ids.long]);
    expect(page.data[1]).toEqual(await contactOf(boss, ids.hours));
  });

  it.each([
    ['the name', 'meera', 'lamp'],
    ['the e-mail address', 'ravi.k@lamps.example', 'hours'],
    ['the phone number', '9845012345', 'lamp'],
    ['the message', 'sundays open', 'hours'],
    ['the end of a long message', 'kintsugi', 'long'],
    ['the name and the message together', 'iyer black', 'lamp'],
  ] as const)('K2: is searched by %s', async (_, q, which) => {
    expect(idsOf(await list({ q }))).toEqual([ids[which]]);
  });

  it('K2, K3: filters by being handled', async () => {
    expect(idsOf(await list({ handled: true }))).toEqual([ids.hours]);
    expect(idsOf(await list({ handled: false, q: 'word1' }))).toEqual([ids.long]);
    expect(idsOf(await list({ handled: true, q: 'brass' }))).toEqual([]);
  });
});

describe('any search text', () => {
  it.each([`(a+)+$${'a'.repeat(60)}!`, 'a'.repeat(10_240), '    ', '.*', '\u0000'])(
    'K2: is answered with 200 or 400 in less than 300 ms',
    async (q) => {
      await list({});
      const started = performance.now();
      const answer = await boss.get('/v1/admin/contacts').query({ q });
      const ms = performance.now() - started;
      expect([200, 400]).toContain(answer.status);
      expect(ms).toBeLessThan(300);
    },
  );
});
