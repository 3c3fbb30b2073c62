import { randomUUID } from 'node:crypto';
import createClient from 'openapi-fetch';
import type { paths } from '../../generated/openapi.js';
import type { Databases } from './databases.js';
import { customersOf, emailOf, fillLibrary } from './library.js';
import { fire, medianOf, type Measured, type Shot } from './load.js';
import type { MeasuredServer } from './processes.js';
import { each, must } from './shop.js';

/** Admins and searches are fewer than those who look at the first page. */
export const LARGE_CONNECTIONS = 8;
const LARGE = 100_000;
/**
 * secantusd-rs reads every row of an index for one page of it (a second and more at 100,000), so that it measures itself
 * there. With fewer rows it shows that the scenarios run, and no more.
 */
const SMALL = 500;
const PEOPLE = 64;

export type LargeRow = { name: string; targetMs: number | undefined; measured: Measured };
/** `isTelling`: whether the figures are held against what is wanted. */
export type LargeFindings = { size: number; isTelling: boolean; rows: LargeRow[] };

type Task = { name: string; targetMs?: number; next: () => Shot; finds?: 'rows' };

/** How many products and orders of each database's server tell of Holdfast, and not of that server alone. */
export const sizeFor = (kind: Databases['kind']): number => (kind === 'mongod' ? LARGE : SMALL);

/** Fills the database with a large shop and measures what its admins and its searching customers ask. */
export async function measureLarge(deps: {
  server: MeasuredServer;
  databases: Databases;
  size: number;
  adminToken: string;
  rounds: number;
  seconds: number;
  say: (line: string) => void;
}): Promise<LargeFindings> {
  const { server, databases, size, adminToken, rounds, seconds, say } = deps;
  say(`${size} products and ${size} orders`);
  await fillLibrary(databases.mongoUrl, size);
  const tasks = [
    await signingIn(server.url),
    ...adminOrders(adminToken, customersOf(size)),
    ...productSearches(),
  ];
  const rows: LargeRow[] = [];
  for (const { name, targetMs, next, finds } of tasks) {
    say(name);
    if (finds === 'rows') await mustFind(server.url, next());
    const measured: Measured[] = [];
    for (let round = 0; round < rounds; round += 1) {
      measured.push(await fire(server, next, { seconds, connections: LARGE_CONNECTIONS }));
    }
    rows.push({ name, targetMs, measured: medianOf(measured) });
  }
  return { size, isTelling: databases.kind === 'mongod' && size >= LARGE, rows };
}

async function signingIn(url: string): Promise<Task> {
  const api = createClient<paths>({ baseUrl: url });
  const accounts = await each(PEOPLE, async () => {
    const account = { email: `${randomUUID()}@example.com`, password: 'a long bench password' };
    await must(api.POST('/v1/auth/register', { body: { name: 'Asha Rao', ...account } }));
    return JSON.stringify(account);
  });
  let count = 0;
  const next = (): Shot => {
    const body = accounts[count++ % PEOPLE];
    return { method: 'POST', path: '/v1/auth/token', ...(body !== undefined && { body }) };
  };
  return { name: 'sign in (token; a password cost of 4)', next };
}

function adminOrders(token: string, customers: number): Task[] {
  const asked = (name: string, queryOf: (count: number) => string): Task => {
    let count = 0;
    const next = (): Shot => ({
      method: 'GET',
      path: `/v1/admin/orders?${queryOf(count++)}`,
      headers: { authorization: `Bearer ${token}` },
    });
    return { name: `orders: ${name}`, targetMs: 150, next, finds: 'rows' };
  };
  return [
    asked('newest', (count) => `page=${1 + (count % 5)}`),
    asked('newest of a status', (count) => (count % 2 === 0 ? 'status=paid' : 'status=shipped')),
    asked("a customer's address", (count) => `q=${encodeURIComponent(emailOf((count * 31) % customers))}`),
    asked("a word of many customers' addresses", () => 'q=ravi'),
  ];
}

function productSearches(): Task[] {
  const asked = (name: string, query: string): Task => ({
    name: `products: ${name}`,
    targetMs: 100,
    // A page of the last second would say nothing about the database.
    next: countedUp((count) => ({ method: 'GET', path: `/v1/products?${query}&minPrice=${count % 5_000}` })),
    finds: 'rows',
  });
  return [
    // Words of no product that the other scenarios made: those are the newest, and would fill the first page.
    asked('one word', 'q=kettle'),
    asked('two words', 'q=copper%20kettle'),
    asked('a word of few products', 'q=123'),
    asked('a word in a category, by price', 'q=copper&category=kitchen&sort=price'),
    asked('a word, by name', 'q=copper&sort=name'),
  ];
}

function countedUp(shot: (count: number) => Shot): () => Shot {
  let count = 0;
  return () => shot(count++);
}

/** An empty page is quick, and its figures would say nothing. */
async function mustFind(url: string, { path, headers }: Shot): Promise<void> {
  const response = await fetch(`${url}${path}`, headers === undefined ? {} : { headers });
  const answer = (await response.json()) as { data?: unknown[] };
  if (answer.data === undefined || answer.data.length === 0) throw new Error(`${path} found nothing`);
}
