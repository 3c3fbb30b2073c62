import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { codeOf, cookieSet, wrongPlaces } from '../../support/bodies.js';
import { PASSWORD } from '../../support/flows.js';
import { aPerson, type Person } from '../../support/people.js';
import { bearer } from '../../support/samples.js';
import { sharedApp } from '../../support/shared.js';

const app = await sharedApp();

const NEW = 'a new horse battery';
const change = ({ agent }: Person, currentPassword = PASSWORD, newPassword = NEW) =>
  agent.post('/v1/users/me/password').send({ currentPassword, newPassword });
const signIn = (email: string, password: string) =>
  request(app.url).post('/v1/auth/login').send({ email, password });

describe('204', () => {
  it('U3: the new password opens the account, the old one does not', async () => {
    const person = await aPerson(app);
    await change(person).expect(204);
    await signIn(person.email, PASSWORD).expect(401);
    await signIn(person.email, NEW).expect(200);
  });

  it('U3: the caller has a fresh session, and all others are over', async () => {
    const person = await aPerson(app);
    const elsewhere = app.agent();
    await elsewhere.post('/v1/auth/login').send({ email: person.email, password: PASSWORD }).expect(200);
    const answer = await change(person).expect(204);
    expect(cookieSet(answer, 'holdfast_session')).toMatch(/; HttpOnly; SameSite=Lax$/);
    await person.agent.get('/v1/users/me').expect(200);
    await elsewhere.get('/v1/users/me').expect(401);
    await request(app.url).get('/v1/users/me').set(bearer(person.token)).expect(401);
  });
});

describe('400', () => {
  it('U3: refuses a new password of more than 72 bytes, and names the field', async () => {
    const answer = await change(await aPerson(app), PASSWORD, '€'.repeat(25)).expect(400);
    expect(wrongPlaces(answer)).toEqual(['/body/newPassword']);
  });
});

describe('403', () => {
  it('U3: refuses a wrong current password, and leaves everything as it was', async () => {
    const person = await aPerson(app);
    const answer = await change(person, 'wrong horse battery').expect(403);
    expect([codeOf(answer), wrongPlaces(answer)]).toEqual(['wrong_password', ['/body/currentPassword']]);
    await person.agent.get('/v1/users/me').expect(200);
    await signIn(person.email, PASSWORD).expect(200);
  });

  it('U3: of five changes at once from one password exactly one succeeds', async () => {
    const person = await aPerson(app);
    const answers = await Promise.all(
      Array.from({ length: 5 }, (_, i) =>
        request(app.url)
          .post('/v1/users/me/password')
          .set(bearer(person.token))
          .send({ currentPassword: PASSWORD, newPassword: `password number ${i}` }),
      ),
    );
    const won = answers.flatMap(({ status }, i) => (status === 204 ? [i] : []));
    expect(won).toHaveLength(1);
    // The others: too late for the password, or for the session.
    expect(answers.filter(({ status }) => [401, 403].includes(status))).toHaveLength(4);
    await signIn(person.email, `password number ${won[0]}`).expect(200);
  });
});
