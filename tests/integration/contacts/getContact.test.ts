import { describe, expect, it } from '@jest/globals';
import { codeOf } from '../../support/bodies.js';
import { contactOf, submitted } from '../../support/contacts.js';
import { admin } from '../../support/flows.js';
import { sharedApp } from '../../support/shared.js';

const app = await sharedApp();

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
