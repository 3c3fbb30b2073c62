/*
 * A server that does nothing but answer: what this machine and this framework give at most. `baseline.ts express|fastify
 * <port> <bytes>` answers any request to `/<bytes>` with JSON of that many bytes, after reading a JSON body if one was sent.
 */
import express from 'express';
import fastify from 'fastify';

const [framework = '', port = '0', bytes = '0'] = process.argv.slice(2);
const path = `/${bytes}`;
const answer = { text: 'x'.repeat(Math.max(0, Number(bytes) - '{"text":""}'.length)) };

if (framework === 'express') {
  const app = express();
  app.use(express.json());
  app.all(path, (_request, response) => void response.json(answer));
  app.listen(Number(port), '127.0.0.1');
} else {
  const app = fastify();
  app.all(path, () => answer);
  await app.listen({ port: Number(port), host: '127.0.0.1' });
}
