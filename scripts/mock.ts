/*
 * `npm run mock`: the contract as a server, to write a client against. `-- --port 4000` chooses the port, CORS_ORIGINS the
 * pages that may call.
 */
import { parseArgs } from 'node:util';
import { createLog } from '../src/platform/log.js';
import { readableLog } from '../src/sandbox/readable.log.js';
import { createMock, MOCK_METRICS_TOKEN } from './mock/server.js';
import { atFreePort, portOf, serve } from './serving.js';

/** Where the usual development servers of frontends listen. */
const FRONTEND_PORTS = [3000, 3001, 4200, 5173, 8080];
const ORIGINS = FRONTEND_PORTS.flatMap((port) => [`http://localhost:${port}`, `http://127.0.0.1:${port}`]);

serve('The mock', async () => {
  const { values } = parseArgs({ options: { port: { type: 'string', default: '4000' } } });
  const asked = portOf(values.port);
  const origins = process.env['CORS_ORIGINS']?.split(',').map((origin) => origin.trim()) ?? ORIGINS;
  const mock = createMock({
    environment: 'development',
    corsOrigins: origins,
    log: createLog({ level: 'info', destination: readableLog }),
  });
  const port = await atFreePort(mock.listen(asked, '127.0.0.1'), asked, 'npm run mock');
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
  return { stop: () => mock.stop(500) };
});
