import { describe, expect, it } from '@jest/globals';
import { codeOf } from '../../support/bodies.js';
import { sendEvent } from '../../support/events.js';
import { admin } from '../../support/flows.js';
import { sharedApp } from '../../support/shared.js';

const app = await sharedApp();
const boss = await admin(app);

describe('200', () => {
  it('M9: an event is shown with its body as it came', async () => {
    const body = {
      entity: 'event',
      event: 'payment.downtime.started',
      payload: { 'payment.downtime': { entity: { id: 'down_1', nested: [1, null, { deep: 'é' }] } } },
    };
    await sendEvent(app, body, { eventId: 'evt_Down1' });
    await app.quiet();
    const answer = await boss.get('/v1/admin/webhook-events/evt_Down1').expect(200);
    expect(answer.body).toMatchObject({
      id: 'evt_Down1',
      event: 'payment.downtime.started',
      state: 'done',
      verdict: 'nothing for us',
      lastError: null,
      body,
    });
  });
});

describe('404', () => {
  it('M9: of an event that does not exist', async () => {
    const answer = await boss.get('/v1/admin/webhook-events/nothing-has-this-id').expect(404);
    expect(codeOf(answer)).toBe('not_found');
  });
});
