import type { AddressBook, AddressEntry, SavedAddress } from '../../generated/openapi.js';
import { bodyOf } from './bodies.js';
import type { Agent } from './flows.js';

export const HOME: AddressEntry['address'] = {
  name: 'Asha Rao',
  line1: '14 Church Street',
  line2: 'Second floor',
  city: 'Bengaluru',
  state: 'Karnataka',
  postalCode: '560001',
  country: 'IN',
  phone: '+91 98450 12345',
};

export async function keepAddress(agent: Agent, entry: Partial<AddressEntry> = {}): Promise<SavedAddress> {
  const answer = await agent
    .post('/v1/users/me/addresses')
    .send({ address: HOME, ...entry })
    .expect(201);
  return bodyOf<SavedAddress>(answer);
}

export async function addressesOf(agent: Agent): Promise<SavedAddress[]> {
  return bodyOf<AddressBook>(await agent.get('/v1/users/me/addresses').expect(200)).data;
}
