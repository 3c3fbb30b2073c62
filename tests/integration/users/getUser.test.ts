import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { AdminUser } from '../../../generated/openapi.js';
import { bodyOf, codeOf } from '../../support/bodies.js';
import { PASSWORD } from '../../support/flows.js';
import { anAdmin, aPerson } from '../../support/people.js';
import { sharedApp } from '../../support/shared.js';

const app = await sharedApp();
const admin = await anAdmin(app);

describe('200', () => {
  it('U5: tells when a password last opened the account', async () => {
    const { id, email } = await aPerson(app);
    const read = async () => bodyOf<AdminUser>(await admin.agent.get(`/v1/admin/users/${id}`).expect(200));
    app.holdfast.clock.advance(3_600_000);
    await request(app.url).post('/v1/auth/login').send({ email, password: 'wrong password' }).expect(401);
    const before = await read();
    await request(app.url).post('/v1/auth/login').send({ email, password: PASSWORD }).expect(200);
    const after = await read();
    const passed = Date.parse(after.lastSignInAt ?? '') - Date.parse(before.lastSignInAt ?? '');
    expect(passed).toBeGreaterThanOrEqual(3_590_000);
    expect({ ...after, lastSignInAt: before.lastSignInAt }).toEqual(before);
  });
});

describe('404', () => {
  it('U5: there is no such account', async () => {
    expect(codeOf(await admin.agent.get('/v1/admin/users/nobody').expect(404))).toBe('not_found');
  });
});
