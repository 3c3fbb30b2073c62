import { randomUUID } from 'node:crypto';
import type { Contact, ContactMessage, ContactReceipt } from '../../generated/openapi.js';
import request from 'supertest';
import type { TestApp } from './app.js';
import { bodyOf } from './bodies.js';
import type { Agent } from './flows.js';

export function aMessage(changed: Partial<ContactMessage> = {}): ContactMessage {
  return {
    name: 'Asha Rao',
    email: `m${randomUUID()}@example.com`,
    message: 'Do you have the brass lamp in black, too?',
    ...changed,
  };
}

/** Writes to the shop; answers the id of the message. */
export async function submitted(app: TestApp, changed: Partial<ContactMessage> = {}): Promise<string> {
  const answer = await request(app.url).post('/v1/contacts').send(aMessage(changed)).expect(201);
  return bodyOf<ContactReceipt>(answer).id;
}

export async function contactOf(admin: Agent, id: string): Promise<Contact> {
  return bodyOf<Contact>(await admin.get(`/v1/admin/contacts/${id}`).expect(200));
}
