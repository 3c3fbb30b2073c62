import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { codeOf, wrongPlaces } from '../../support/bodies.js';
import { PASSWORD } from '../../support/flows.js';
import { resetToken } from '../../support/mails.js';
import { anAdmin, aPerson } from '../../support/people.js';
import { bearer } from '../../support/samples.js';
import { sharedApp } from '../../support/shared.js';

const app = await sharedApp();

const NEW = 'a new horse battery';
const ask = (email: string) => request(app.url).post('/v1/auth/password-reset').send({ email }).expect(202);
const confirm = (token: string, password = NEW) =>
  request(app.url).post('/v1/auth/password-reset/confirm').send({ token, password });
const signIn = (email: string, password: string) =>
  request(app.url).post('/v1/auth/login').send({ email, password });

async function linkFor(email: string): Promise<string> {
  await ask(email);
  return (await resetToken(app, email)).token;
}

async function expectInvalid(token: string): Promise<void> {
  const answer = await confirm(token);
  expect([answer.status, codeOf(answer)]).toEqual([400, 'reset_token_invalid']);
}

describe('204', () => {
  it('U4: sets the password and ends every session and token', async () => {
    const { agent, email, token } = await aPerson(app);
    const answer = await confirm(await linkFor(email)).expect(204);
    expect(answer.headers).not.toHaveProperty('set-cookie');
    await agent.get('/v1/users/me').expect(401);
    await request(app.url).get('/v1/users/me').set(bearer(token)).expect(401);
    await signIn(email, PASSWORD).expect(401);
    await signIn(email, NEW).expect(200);
  });
});

describe('400', () => {
  it('U4: a reset link works once', async () => {
    const { email } = await aPerson(app);
    const token = await linkFor(email);
    await confirm(token).expect(204);
    await expectInvalid(token);
    await signIn(email, NEW).expect(200);
  });

  it('U4: a link works for 30 minutes by the database’s clock', async () => {
    const { email } = await aPerson(app);
    const token = await linkFor(email);
    app.holdfast.clock.advance(29 * 60_000);
    await confirm(token).expect(204);
    const late = await linkFor(email);
    app.holdfast.clock.advance(30 * 60_000);
    await expectInvalid(late);
    await signIn(email, NEW).expect(200);
  });

  it('U4: an older link dies when another one is asked for, before its mail is sent', async () => {
    const { email } = await aPerson(app);
    const older = await linkFor(email);
    await ask(email);
    await expectInvalid(older);
    await confirm((await resetToken(app, email)).token).expect(204);
  });

  it('U4: twenty uses at once: exactly one succeeds, and its password is the one', async () => {
    const { email } = await aPerson(app);
    const token = await linkFor(email);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) => confirm(token, `password number ${i}`)),
    );
    const won = answers.flatMap(({ status }, i) => (status === 204 ? [i] : []));
    expect(won).toHaveLength(1);
    expect(answers.filter((answer) => codeOf(answer) === 'reset_token_invalid')).toHaveLength(19);
    await signIn(email, `password number ${won[0]}`).expect(200);
  });

  it('U4: an altered, cut, lengthened or unknown token is refused in the same words', async () => {
    const { email } = await aPerson(app);
    const token = await linkFor(email);
    const altered = `${token.startsWith('A') ? 'B' : 'A'}${token.slice(1)}`;
    for (const other of [altered, token.slice(1), `${token}A`, 'x']) await expectInvalid(other);
    await confirm(token).expect(204);
  });

  it('U4: a password that cannot be taken leaves the link open', async () => {
    const { email } = await aPerson(app);
    const token = await linkFor(email);
    for (const password of ['short', '€'.repeat(25)]) {
      expect(wrongPlaces(await confirm(token, password).expect(400))).toEqual(['/body/password']);
    }
    await confirm(token).expect(204);
  });

  it('U3, U4: changing the password ends an open link', async () => {
    const { agent, email } = await aPerson(app);
    const token = await linkFor(email);
    await agent
      .post('/v1/users/me/password')
      .send({ currentPassword: PASSWORD, newPassword: 'another password' })
      .expect(204);
    await expectInvalid(token);
  });

  it('U4, U5: blocking and deleting an account end its open link', async () => {
    const admin = await anAdmin(app);
    const [blocked, deleted] = [await aPerson(app), await aPerson(app)];
    const tokens = [await linkFor(blocked.email), await linkFor(deleted.email)];
    await admin.agent.patch(`/v1/admin/users/${blocked.id}`).send({ version: 1, blocked: true }).expect(200);
    await admin.agent.delete(`/v1/admin/users/${deleted.id}`).expect(204);
    for (const token of tokens) await expectInvalid(token);
  });
});
