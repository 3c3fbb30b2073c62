import { describe, expect, it } from '@jest/globals';
import { submitted } from '../../support/contacts.js';
import { admin } from '../../support/flows.js';
import { sharedApp } from '../../support/shared.js';

const app = await sharedApp();

describe('204', () => {
  it('K3: the message is gone', async () => {
    const boss = await admin(app);
    const id = await submitted(app);
    await boss.delete(`/v1/admin/contacts/${id}`).expect(204);
    await boss.get(`/v1/admin/contacts/${id}`).expect(404);
    expect((await boss.get('/v1/admin/contacts').expect(200)).body).toMatchObject({ data: [] });
  });
});

describe('404', () => {
  it('K3: cannot be done twice', async () => {
    const boss = await admin(app);
    const id = await submitted(app);
    await boss.delete(`/v1/admin/contacts/${id}`).expect(204);
    await boss.delete(`/v1/admin/contacts/${id}`).expect(404);
  });
});
