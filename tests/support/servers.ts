/** Which of the workers this is, from 1; a worker that jest starts again keeps its number. */
const worker = (): number => Number(process.env['JEST_WORKER_ID'] ?? '1');

/** The database on the MongoDB of this jest worker, among those that the run's setup has started. */
export function mongoUrl(database: string): string {
  const urls = process.env['HOLDFAST_TEST_MONGO_URLS']?.split(' ') ?? [];
  const url = urls[(worker() - 1) % urls.length];
  if (url === undefined) throw new Error('tests run through jest: the global setup starts MongoDB');
  const [base, query] = url.split('/?');
  return `${base}/${database}?${query ?? ''}`;
}

export function redisAddress(): { host: string; port: number } {
  const [host, port] = (process.env['HOLDFAST_TEST_REDIS'] ?? '').split(':');
  if (host === undefined || port === undefined)
    throw new Error('tests run through jest: the global setup starts Redis');
  return { host, port: Number(port) };
}

/** A Redis database of this jest worker alone (1 to 15). */
export function redisDb(): number {
  return (worker() % 15) + 1;
}
