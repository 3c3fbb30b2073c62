import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { User } from '../../../generated/openapi.js';
import { bodyOf, cookieSet, wrongPlaces } from '../../support/bodies.js';
import { PASSWORD } from '../../support/flows.js';
import { sharedApp } from '../../support/shared.js';

const app = await sharedApp();

const newEmail = (): string => `r${randomUUID()}@example.com`;
const register = (body: object) => request(app.url).post('/v1/auth/register').send(body);
const asha = (changed: object = {}) => ({
  name: 'Asha Rao',
  email: newEmail(),
  password: PASSWORD,
  ...changed,
});

function mailsTo(email: string): string[] {
  const mails = app.ses.mails().filter(({ to }) => JSON.stringify(to).includes(email));
  return mails.map(({ subject }) => subject);
}

describe('201', () => {
  it('U1 makes an account with the role user, signed in by an HTTP-only cookie', async () => {
    const input = asha({ phone: '+91 98450 12345' });
    const agent = app.agent();
    const answer = await agent.post('/v1/auth/register').send(input).expect(201);
    expect(answer.body).toEqual({
      id: expect.any(String),
      name: 'Asha Rao',
      email: input.email,
      phone: '+91 98450 12345',
      role: 'user',
      createdAt: expect.any(String),
    });
    expect(answer.headers['location']).toBe('/v1/users/me');
    expect(cookieSet(answer, 'holdfast_session')).toMatch(/; HttpOnly; SameSite=Lax$/);
    const profile = await agent.get('/v1/users/me').expect(200);
    expect(profile.body).toEqual(answer.body);
  });

  it('U1, N1: sends one welcome mail', async () => {
    const input = asha();
    await register(input).expect(201);
    await app.quiet();
    expect(mailsTo(input.email)).toHaveLength(1);
  });

  it('U1 keeps an address in small letters and a name without spaces around it', async () => {
    const email = newEmail();
    const answer = await register(asha({ email: email.toUpperCase(), name: '  Asha Rao ' })).expect(201);
    expect(bodyOf<User>(answer)).toMatchObject({ email, name: 'Asha Rao', phone: null });
  });

  it('U1 takes names in any script and passwords of exactly 72 bytes', async () => {
    const password = 'é'.repeat(36);
    const input = asha({ name: 'आशा राव 🪔', password });
    expect(bodyOf<User>(await register(input).expect(201)).name).toBe('आशा राव 🪔');
    await request(app.url).post('/v1/auth/login').send({ email: input.email, password }).expect(200);
  });
});

describe('400', () => {
  it('U1 refuses a password of more than 72 bytes, however few characters it has', async () => {
    const answer = await register(asha({ password: '€'.repeat(25) })).expect(400);
    expect(wrongPlaces(answer)).toEqual(['/body/password']);
  });

  it.each([
    ['a short password', { password: '1234567' }, '/body/password'],
    ['an address without @', { email: 'asha.example.com' }, '/body/email'],
    ['an address with a space', { email: 'asha rao@example.com' }, '/body/email'],
    ['a blank name', { name: '   ' }, '/body/name'],
    ['a name with a line break', { name: 'Asha\r\nBcc: x@example.com' }, '/body/name'],
    ['a phone number in words', { phone: 'call me' }, '/body/phone'],
  ])('U1 refuses %s', async (_, changed, path) => {
    expect(wrongPlaces(await register(asha(changed)).expect(400))).toContain(path);
  });

  it('U6 nobody registers as an admin: the role is an unknown field', async () => {
    const input = asha({ role: 'admin' });
    expect(wrongPlaces(await register(input).expect(400))).toEqual(['/body/role']);
    const { email, password } = input;
    await request(app.url).post('/v1/auth/login').send({ email, password }).expect(401);
  });
});

describe('409', () => {
  it('U1 an address has one account, whatever its capitals; the first one stays as it is', async () => {
    const input = asha();
    await register(input).expect(201);
    const again = await register(
      asha({ email: input.email.toUpperCase(), password: 'another password', name: 'Somebody' }),
    ).expect(409);
    expect(again.body).toMatchObject({ code: 'email_taken' });
    expect(cookieSet(again, 'holdfast_session')).toBeUndefined();
    const { email, password } = input;
    const signedIn = await request(app.url).post('/v1/auth/login').send({ email, password }).expect(200);
    expect(bodyOf<User>(signedIn).name).toBe('Asha Rao');
    await app.quiet();
    expect(mailsTo(email)).toHaveLength(1);
  });

  it('U1 twenty registrations of one address at once make one account and one mail', async () => {
    const input = asha();
    const answers = await Promise.all(Array.from({ length: 20 }, () => register(input)));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([201, ...Array.from({ length: 19 }, () => 409)]);
    await app.quiet();
    expect(mailsTo(input.email)).toHaveLength(1);
  });
});
