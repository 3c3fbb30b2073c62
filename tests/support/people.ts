import type { AdminUser, User } from '../../generated/openapi.js';
import type { TestApp } from './app.js';
import { bodyOf } from './bodies.js';
import { admin, customer, PASSWORD, type Agent } from './flows.js';
import { tokenOf } from './samples.js';

/** A signed-in account with what tests need to know of it. */
export type Person = { agent: Agent; id: string; email: string; token: string };

/** A customer with a session and a token besides. */
export async function aPerson(app: TestApp, name?: string): Promise<Person> {
  const agent = await customer(app, name);
  return personOf(app, agent, agent.email);
}

export async function anAdmin(app: TestApp): Promise<Person> {
  const agent = await admin(app);
  const { email } = bodyOf<User>(await agent.get('/v1/users/me').expect(200));
  return personOf(app, agent, email);
}

async function personOf(app: TestApp, agent: Agent, email: string): Promise<Person> {
  const { id } = bodyOf<User>(await agent.get('/v1/users/me').expect(200));
  return { agent, id, email, token: await tokenOf(app.url, email, PASSWORD) };
}

/** The account as an admin sees it now. */
export async function accountOf(admin: Person, userId: string): Promise<AdminUser> {
  return bodyOf<AdminUser>(await admin.agent.get(`/v1/admin/users/${userId}`).expect(200));
}
