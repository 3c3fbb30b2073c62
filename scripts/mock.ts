/*
 * `npm run mock`: the contract as a server, to write a client against. `-- --port 4000` chooses the port, CORS_ORIGINS the
 * pages that may call.
 */
import { parseArgs } from 'node:util';
import { messageOf } from '../src/platform/errors.js';
import { createLog } from '../src/platform/log.js';
import { readableLog } from '../src/sandbox/readable.log.js';
import { createMock, MOCK_METRICS_TOKEN } from './mock/server.js';

/** Where the usual development servers of frontends listen. */
const FRONTEND_PORTS = [3000, 3001, 4200, 5173, 8080];
const ORIGINS = FRONTEND_PORTS.flatMap((port) => [`http://localhost:${port}`, `http://127.0.0.1:${port}`]);

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { port: { type: 'string', default: '4000' } } });
  if (!/^\d{1,5}$/.test(values.port)) throw new Error('--port must be a number');
  const origins = process.env['CORS_ORIGINS']?.split(',').map((origin) => origin.trim()) ?? ORIGINS;
  const mock = createMock({
    environment: 'development',
    corsOrigins: origins,
    log: createLog({ level: 'info', destination: readableLog }),
  });
  const port = await mock.listen(Number(values.port), '127.0.0.1').catch((error: unknown) => {
    if (!(error instanceof Error) || !('code' in error) || error.code !== 'EADDRINUSE') throw error;
    throw new Error(`port ${values.port} is taken. Another one: npm run mock -- --port <port>`, {
      cause: error,
    });
  });
  process.stdout.write(`
The mock listens at http://127.0.0.1:${port}, with the paths of the contract. Every answer is an example of the contract.

  curl http://127.0.0.1:${port}/v1/products
  curl http://127.0.0.1:${port}/v1/users/me -H 'Authorization: Bearer anything'
  curl http://127.0.0.1:${port}/v1/products -H 'Prefer: code=503'
  curl http://127.0.0.1:${port}/v1/cart -H 'Prefer: example=lapsed'

The documentation is at http://127.0.0.1:${port}/docs, where \`npm run build\` had made it before this start.
Any credential is good, and is an admin's (/metrics: ${MOCK_METRICS_TOKEN}). Wrong requests are refused as the server refuses them.
Pages may call from ${origins.join(', ')}.
A page at localhost calls http://localhost:${port}, so that its browser keeps and sends the cookies.
`);
  const stop = (): void => void mock.stop(500).then(() => process.exit(0));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

main().catch((error: unknown) => {
  process.stderr.write(`The mock could not start: ${messageOf(error)}\n`);
  process.exit(1);
});
