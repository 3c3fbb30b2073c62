import { appendFileSync } from 'node:fs';
import type { RequestListener, ServerResponse } from 'node:http';
import { answersOf, operationsOf } from '../../scripts/contract/operations.js';
import { piecesOf } from '../../scripts/examples/pieces.js';
import type { Recording } from '../../scripts/examples/recordings.js';
import { objectAt, type Json, type JsonObject } from '../../scripts/generate/json.js';
import { loadContract } from '../../src/platform/http/documents.js';
import { createRoutes } from '../../src/platform/http/routes.js';

const routes = createRoutes();
const noted = new Set<string>();

/**
 * Notes which operation answered with which status, and the shapes of what it answered, so that checks after the run can tell which
 * answers were never given (`tests/contract/coverage.ts`, `npm run examples -- --check`).
 */
export function recording(app: RequestListener): RequestListener {
  const statuses = process.env['HOLDFAST_TEST_SEEN'];
  const answers = process.env['HOLDFAST_TEST_ANSWERS'];
  if (statuses === undefined || answers === undefined) return app;
  return (request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    const operation = routes(path)?.route.operations.get(request.method ?? '');
    if (operation !== undefined) {
      const body = bodyOf(response);
      response.on('finish', () => {
        const { statusCode } = response;
        appendFileSync(statuses, `${operation.id} ${statusCode}\n`);
        if (statusCode < 300) note(answers, { operation: operation.id, status: statusCode, text: body() });
      });
    }
    app(request, response);
  };
}

/** The text that an answer ends with, once it has: the server writes every JSON answer in one go. */
function bodyOf(response: ServerResponse): () => string | undefined {
  let text: string | undefined;
  const end = response.end.bind(response) as (...args: unknown[]) => ServerResponse;
  response.end = (...args: unknown[]) => {
    const [chunk] = args;
    if (typeof chunk === 'string') text = chunk;
    else if (Buffer.isBuffer(chunk)) text = chunk.toString();
    return end(...args);
  };
  return () => (String(response.getHeader('Content-Type')).startsWith('application/json') ? text : undefined);
}

function note(file: string, answer: { operation: string; status: number; text: string | undefined }): void {
  const { operation, status, text } = answer;
  const schema = schemas().get(`${operation} ${status}`);
  if (text === undefined || schema === undefined) return;
  for (const piece of piecesOf(contract(), schema, JSON.parse(text) as Json)) {
    const line = JSON.stringify({ operation, status, ...piece } satisfies Recording);
    const key = JSON.stringify([operation, status, piece.where, piece.shape]);
    if (noted.has(key)) continue;
    noted.add(key);
    appendFileSync(file, `${line}\n`);
  }
}

/** Read at the first answer: many test files start no server at all. */
const contract = once((): JsonObject => objectAt(loadContract(), 'the contract'));
const schemas = once(
  () =>
    new Map(
      operationsOf(contract()).flatMap((one) =>
        answersOf(contract(), one).flatMap(({ status, schema }) =>
          schema === undefined ? [] : [[`${one.id} ${status}`, schema] as const],
        ),
      ),
    ),
);

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
