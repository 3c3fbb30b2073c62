import { started } from './global-setup.js';

export default async function teardown(): Promise<void> {
  await Promise.all(started.map((server) => server.stop()));
}
