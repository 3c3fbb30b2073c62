import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { startTestApp, type TestApp } from '../../support/app.js';
import { aProduct } from '../../support/flows.js';
import { bearer } from '../../support/samples.js';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

describe('200', () => {
  it('X1 counts requests by operation and status, and tells nothing of what was asked', async () => {
    const { id } = await aProduct(app);
    await request(app.url).get(`/v1/products/${id}`).expect(200);
    await request(app.url).get('/v1/products/nothing').expect(404);
    await request(app.url).get('/nothing/at/all').expect(404);
    const token = bearer(app.config.metricsToken);
    const { text } = await request(app.url)
      .get('/metrics')
      .set(token)
      .expect(200)
      .expect('Content-Type', /^text\/plain/);
    const counts = text.split('\n').filter((line) => line.startsWith('http_requests_total{'));
    for (const [operation, status] of [
      ['getProduct', 200],
      ['getProduct', 404],
      ['unmatched', 404],
    ]) {
      const line = counts.find((one) => one.includes(`"${operation}"`) && one.includes(`"${status}"`));
      expect(line).toMatch(/ [1-9]\d*$/);
    }
    expect(text).not.toContain(id);
    expect(text).not.toContain('/nothing/at/all');
  });
});
