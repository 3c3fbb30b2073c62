import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../../support/app.js';
import { codeOf } from '../../support/bodies.js';
import { sendEvent } from '../../support/events.js';
import { admin, type Agent } from '../../support/flows.js';

let app: TestApp;
let boss: Agent;
beforeAll(async () => {
  app = await startTestApp();
  boss = await admin(app);
});
afterAll(() => app.stop());

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
