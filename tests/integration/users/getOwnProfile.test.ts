import { describe, expect, it } from '@jest/globals';
import { MongoClient } from 'mongodb';
import request from 'supertest';
import { bodyOf } from '../../support/bodies.js';
import { admin, customer, PASSWORD } from '../../support/flows.js';
import { bearer, tokenOf } from '../../support/samples.js';
import { sharedApp } from '../../support/shared.js';
import type { User } from '../../../generated/openapi.js';

const app = await sharedApp();

describe('200', () => {
  it('shows the caller, and nothing that opens the account', async () => {
    const buyer = await customer(app, 'Meera Iyer');
    const answer = await buyer.get('/v1/users/me').expect(200);
    expect(answer.body).toEqual({
      id: expect.any(String),
      name: 'Meera Iyer',
      email: buyer.email,
      phone: null,
      role: 'user',
      createdAt: expect.any(String),
    });
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('U6 shows an admin as one', async () => {
    const answer = await (await admin(app)).get('/v1/users/me').expect(200);
    expect(answer.body).toMatchObject({ role: 'admin' });
  });
});

describe('401', () => {
  it('a token of an account that is gone opens nothing', async () => {
    const buyer = await customer(app);
    const token = await tokenOf(app.url, buyer.email, PASSWORD);
    const { id } = bodyOf<User>(await buyer.get('/v1/users/me').expect(200));
    const client = await MongoClient.connect(app.config.connections.databaseUrl);
    await client.db().collection<{ _id: string }>('users').deleteOne({ _id: id });
    await client.close();
    await buyer.get('/v1/users/me').expect(401);
    await request(app.url).get('/v1/users/me').set(bearer(token)).expect(401);
  });
});
