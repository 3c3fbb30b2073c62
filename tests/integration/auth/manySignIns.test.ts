import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import request from 'supertest';
import { startTestApp, type TestApp } from '../../support/app.js';
import { PASSWORD } from '../../support/flows.js';
import { aPerson } from '../../support/people.js';

/* Passwords are hashed at a cost that takes some time here. */
let app: TestApp;
let email: string;
beforeAll(async () => {
  app = await startTestApp({ env: { PASSWORD_COST: '11' } });
  email = (await aPerson(app)).email;
  await request(app.url).get('/health/live').expect(200);
}, 60_000);
afterAll(() => app.stop());

const signIn = () => request(app.url).post('/v1/auth/login').send({ email, password: PASSWORD });

/** What one piece of work takes, again and again while eight sign-ins run, ms: the middle of them, and how many there were. */
async function whileSigningIn(work: () => PromiseLike<unknown>): Promise<{ median: number; count: number }> {
  const state = { running: true };
  const signIns = Promise.all(Array.from({ length: 8 }, () => signIn())).finally(
    () => (state.running = false),
  );
  const times: number[] = [];
  while (state.running) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  await signIns;
  times.sort((a, b) => a - b);
  return { median: times[Math.floor(times.length / 2)] ?? Number.NaN, count: times.length };
}

it('U2: while eight sign-ins are worked at, others are answered within 50 ms', async () => {
  const { median, count } = await whileSigningIn(() => request(app.url).get('/health/live').expect(200));
  expect(median).toBeLessThan(50);
  expect(count).toBeGreaterThan(5);
});

it('U2: while eight sign-ins are worked at, files are read within 50 ms', async () => {
  const { median, count } = await whileSigningIn(() => readFile('package.json'));
  expect(median).toBeLessThan(50);
  expect(count).toBeGreaterThan(5);
});

it('U2: of two hundred sign-ins at once some are made, and the others told to come again, in time', async () => {
  const started = performance.now();
  const answers = await Promise.all(Array.from({ length: 200 }, signIn));
  expect(performance.now() - started).toBeLessThan(15_000);
  const statuses = new Set(answers.map(({ status }) => status));
  expect([...statuses].toSorted()).toEqual([200, 503]);
  for (const answer of answers.filter(({ status }) => status === 503)) {
    expect(answer.headers['retry-after']).toMatch(/^[1-9]\d*$/);
  }
  await signIn().expect(200);
});
