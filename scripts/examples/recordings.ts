import { existsSync, readFileSync } from 'node:fs';
import type { Json } from '../generate/json.js';
import type { Piece } from './pieces.js';

/** A piece of an answer that a server gave in the last test run. */
export type Recording = Piece & { operation: string; status: number };

/** Where a test run leaves what it was answered; `tests/support/recorder.ts` writes it. */
export const RECORDINGS = '.sandbox/answers.jsonl';

/** What the last test run recorded. Throws where there was none. */
export function readRecordings(file: string): Recording[] {
  if (!existsSync(file)) throw new Error(`${file} is not there. It is written by the tests: npm test`);
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as Recording);
}

/** The recordings that can be compared with a piece of an example of this answer. */
export function recordingsAt(
  recordings: readonly Recording[],
  at: { operation: string; status: number; where: string },
): Recording[] {
  return recordings.filter(
    ({ operation, status, where }) =>
      operation === at.operation && status === at.status && where === at.where,
  );
}

/** A shape as data again. */
export function parsedShape({ shape }: Pick<Piece, 'shape'>): Json {
  return JSON.parse(shape) as Json;
}
