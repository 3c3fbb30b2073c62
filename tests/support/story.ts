import { requestsOf } from '../../scripts/contract/requests.js';
import { generated } from '../contract/contract.reader.js';

const requests = requestsOf(generated('openapi.json'));

/** The body that the contract shows for an operation under this name; throws where it shows none. */
export function shown(operation: string, example: string): object {
  const body = requests.find(({ id }) => id === operation)?.bodies.get(example);
  if (body === undefined) throw new Error(`the contract shows no ${example} for ${operation}`);
  return Object(body) as object;
}
