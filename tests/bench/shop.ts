import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import createClient, { type Client } from 'openapi-fetch';
import type { AdminProduct, ApiError, paths } from '../../generated/openapi.js';

export type Api = Client<paths>;

const ADMIN = { email: 'bench@holdfast.example', password: 'a long bench password' };
const MANY = 1_000_000;

/** Runs `work` for each of `count` numbers, at most 16 at a time, and gives the results in order. */
export async function each<T>(count: number, work: (index: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < count; index = next++) results[index] = await work(index);
  };
  await Promise.all(Array.from({ length: 16 }, worker));
  return results;
}

/** The data of an answer; throws in the API's words where it is an error. */
export async function must<T>(answer: Promise<{ data?: T; error?: ApiError }>): Promise<T> {
  const { data, error } = await answer;
  if (data !== undefined) return data;
  throw new Error(
    `${error?.code ?? 'error'}: ${error?.message ?? ''} ${JSON.stringify(error?.errors ?? [])}`,
  );
}

/** The command by which operators make their first admin; it is given the bench's database. */
export async function signInAdmin(url: string, databaseUrl: string): Promise<{ api: Api; token: string }> {
  await new Promise<void>((done, failed) => {
    const args = ['--import', 'tsx', 'scripts/admin-create.ts', '--email', ADMIN.email];
    const env = { ...process.env, NODE_ENV: 'development', DATABASE_URL: databaseUrl };
    const child = execFile(process.execPath, args, { env }, (error, _out, stderr) => {
      if (error === null) done();
      else failed(new Error(stderr));
    });
    child.stdin?.end(`${ADMIN.password}\n`);
  });
  const { token } = await must(createClient<paths>({ baseUrl: url }).POST('/v1/auth/token', { body: ADMIN }));
  return { api: bearer(url, token), token };
}

export function bearer(url: string, token: string): Api {
  return createClient<paths>({ baseUrl: url, headers: { authorization: `Bearer ${token}` } });
}

export async function makeProducts(admin: Api, count: number, stock = MANY): Promise<AdminProduct[]> {
  return each(count, (index) =>
    must(
      admin.POST('/v1/admin/products', {
        body: {
          sku: `BENCH-${randomUUID()}`,
          name: `Brass desk lamp, model ${index}`,
          description: 'A heavy lamp with a warm light and a switch that clicks.',
          category: 'lighting',
          price: { amount: 99_900 + index * 100, currency: 'INR' },
          stock,
        },
      }),
    ),
  );
}

/** Tokens of newly registered customers. */
export async function makeCustomers(url: string, count: number): Promise<string[]> {
  const api = createClient<paths>({ baseUrl: url });
  return each(count, async () => {
    const account = { email: `${randomUUID()}@example.com`, password: 'a long bench password' };
    await must(api.POST('/v1/auth/register', { body: { name: 'Asha Rao', ...account } }));
    return (await must(api.POST('/v1/auth/token', { body: account }))).token;
  });
}

/** Cookies of guests, each with a cart that holds one unit. */
export async function openCarts(url: string, count: number, productId: string): Promise<string[]> {
  const open = async (triesLeft: number): Promise<string> => {
    const response = await fetch(`${url}/v1/cart/items/${productId}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ quantity: 1 }),
    });
    const cookie = response.headers.getSetCookie().find((one) => one.startsWith('holdfast_cart='));
    if (cookie !== undefined) return cookie.split(';', 1)[0] ?? '';
    // A machine that is busy with something else lets databases wait; nothing is measured yet.
    if (response.status === 503 && triesLeft > 0) return open(triesLeft - 1);
    throw new Error(`no cart was opened: ${response.status} ${await response.text()}`);
  };
  return each(count, () => open(3));
}
