import { describe, expect, test } from '@jest/globals';
import { createNotifications } from '../../src/modules/notifications/notifications.service.js';
import type { Claim, ClaimedMail, MailStore } from '../../src/modules/notifications/notifications.store.js';
import { createLog } from '../../src/platform/log.js';
import { MailError, type Mail, type Mailer } from '../../src/platform/mail.js';

const NOW = new Date('2026-03-14T09:30:00Z');

/** Hands out the given rows once each, and writes down what became of them. */
function outboxOf(rows: ClaimedMail[], verdicts: Map<string, string>): MailStore {
  const settled = (state: string) => (claim: Claim) => {
    verdicts.set(claim.id, state);
    return Promise.resolve();
  };
  return {
    add: () => Promise.resolve(),
    claimDue: () => Promise.resolve(rows.shift()),
    markSent: settled('sent'),
    putBack: settled('queued'),
    markDead: settled('dead'),
    drop: settled('dropped'),
  };
}

function welcome(id: string, fields: Partial<ClaimedMail> = {}): ClaimedMail {
  return { id, to: `${id}@x.example`, kind: 'welcome', data: { name: id }, attempts: 1, spent: 0, ...fields };
}

function setUp(
  rows: ClaimedMail[],
  send: (mail: Mail) => Promise<{ messageId: string }>,
  store?: Partial<MailStore>,
) {
  const verdicts = new Map<string, string>();
  const mailer: Pick<Mailer, 'send'> = { send };
  const notifications = createNotifications({
    mails: { ...outboxOf(rows, verdicts), ...store },
    mailer,
    shop: { name: 'Holdfast' },
    resetLink: (seed) =>
      Promise.resolve(
        seed === 'open' ? { name: 'Asha', url: 'https://shop.example/#token=t', expiresAt: NOW } : undefined,
      ),
    clock: { now: () => NOW },
    log: createLog({ level: 'silent' }),
    random: () => 0,
  });
  return { notifications, verdicts };
}

const accept = (mail: Mail): Promise<{ messageId: string }> =>
  Promise.resolve({ messageId: `ses-${mail.id}` });

describe('a delivery', () => {
  test('goes on after a mail that fails, whatever it fails with', async () => {
    const rows = [
      welcome('away'),
      welcome('refused'),
      welcome('broken', { data: {} }),
      welcome('unknown', { kind: 'nonsense' }),
      welcome('last try', { attempts: 24 }),
      welcome('crashing', { attempts: 25 }),
      welcome('good'),
    ];
    const sent: string[] = [];
    const { notifications, verdicts } = setUp(rows, async (mail) => {
      if (mail.id === 'away' || mail.id === 'last try') throw new MailError('temporary', 'away', undefined);
      if (mail.id === 'refused') throw new MailError('permanent', 'refused', undefined);
      sent.push(mail.id);
      return accept(mail);
    });

    const report = await notifications.deliverDue();

    expect(report).toMatchObject({ examined: 7, changed: 1 });
    expect(report.failures).toHaveLength(6);
    expect(sent).toEqual(['good']);
    expect(Object.fromEntries(verdicts)).toEqual({
      away: 'queued',
      refused: 'dead',
      broken: 'queued',
      unknown: 'queued',
      'last try': 'dead',
      crashing: 'dead',
      good: 'sent',
    });
  });

  test('U4: makes the link of a mail for a new password, and forgets a mail whose link opens nothing', async () => {
    const reset = (id: string) => welcome(id, { kind: 'password_reset', data: { seed: id } });
    const sent: Mail[] = [];
    const { notifications, verdicts } = setUp([reset('open'), reset('over')], async (mail) => {
      sent.push(mail);
      return accept(mail);
    });
    expect(await notifications.deliverDue()).toEqual({ examined: 2, changed: 1, failures: [] });
    expect(sent.map(({ text }) => text)).toEqual([expect.stringContaining('https://shop.example/#token=t')]);
    expect(Object.fromEntries(verdicts)).toEqual({ open: 'sent', over: 'dropped' });
  });

  test('that cannot write down what it sent says so, and goes on', async () => {
    const failing = { markSent: () => Promise.reject(new Error('database away')) };
    const { notifications } = setUp([welcome('a'), welcome('b')], accept, failing);
    await expect(notifications.deliverDue()).resolves.toMatchObject({ examined: 2, changed: 0 });
  });

  test('that cannot read the outbox fails', async () => {
    const failing = { claimDue: () => Promise.reject(new Error('database away')) };
    const { notifications } = setUp([], accept, failing);
    await expect(notifications.deliverDue()).rejects.toThrow('database away');
  });

  test('takes no further mail once it is told to stop, and finishes the one that it has', async () => {
    const rows = Array.from({ length: 20 }, (_, index) => welcome(`m${index}`));
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    const { notifications, verdicts } = setUp(rows, async (mail) => {
      await gate;
      return accept(mail);
    });

    const delivery = notifications.deliverDue();
    await new Promise(setImmediate);
    const stopped = notifications.stop();
    release();

    await stopped;
    expect((await delivery).changed).toBe(verdicts.size);
    expect(verdicts.size).toBeGreaterThan(0);
    expect(verdicts.size).toBeLessThan(20);
  });
});

describe('waking the outbox', () => {
  test('sends soon, and looks once more for a call that came meanwhile', async () => {
    const rows = [welcome('a')];
    const { notifications, verdicts } = setUp(rows, (mail) => {
      if (mail.id === 'a') {
        notifications.outbox.wake();
        notifications.outbox.wake();
        setImmediate(() => rows.push(welcome('b')));
      }
      return new Promise((resolve) => setImmediate(() => setImmediate(() => resolve(accept(mail)))));
    });

    notifications.outbox.wake();
    expect(verdicts.size).toBe(0);
    await notifications.idle();

    expect(Object.fromEntries(verdicts)).toEqual({ a: 'sent', b: 'sent' });
  });

  test('never throws, and works again after a failure', async () => {
    let broken = true;
    const rows = [welcome('a')];
    const failing = {
      claimDue: () => (broken ? Promise.reject(new Error('database away')) : Promise.resolve(rows.shift())),
    };
    const { notifications, verdicts } = setUp(rows, accept, failing);

    notifications.outbox.wake();
    await notifications.idle();
    broken = false;
    notifications.outbox.wake();
    await notifications.idle();

    expect(verdicts.get('a')).toBe('sent');
  });

  test('is idle when nothing was asked', async () => {
    await expect(setUp([], accept).notifications.idle()).resolves.toBeUndefined();
  });
});
