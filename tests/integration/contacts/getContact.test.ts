import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../../support/app.js';
import { codeOf } from '../../support/bodies.js';
import { contactOf, submitted } from '../../support/contacts.js';
import { admin } from '../../support/flows.js';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

describe('200', () => {
  it('K2: shows one message', async () => {
    const id = await submitted(app, { message: 'Just this one' });
    expect(await contactOf(await admin(app), id)).toMatchObject({ id, message: 'Just this one', version: 1 });
  });
});

describe('404', () => {
  it('K2: there is no such message', async () => {
    const answer = await (await admin(app)).get('/v1/admin/contacts/nothing').expect(404);
    expect(codeOf(answer)).toBe('not_found');
  });
});
