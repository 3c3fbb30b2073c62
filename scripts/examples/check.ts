import { answersOf, operationsOf } from '../contract/operations.js';
import type { Json, JsonObject } from '../generate/json.js';
import { differences, piecesOf, type Piece } from './pieces.js';
import { parsedShape, recordingsAt, type Recording } from './recordings.js';

/** A piece of an example that no server gave. */
export type Untrue = {
  operation: string;
  status: number;
  example: string;
  where: string;
  /** Where it differs from the nearest answer; empty where the operation never answered anything there. */
  differs: string[];
  nearest: Json | undefined;
};

type Shown = { operation: string; status: number; name: string; schema: JsonObject; value: Json };

/** Every JSON example of every success in the contract. */
export function successExamples(document: JsonObject): Shown[] {
  return operationsOf(document).flatMap((one) =>
    answersOf(document, one).flatMap(({ status, type, schema, examples }) => {
      const isSuccess = status !== 'default' && status >= 200 && status < 300;
      if (!isSuccess || type !== 'application/json' || schema === undefined) return [];
      return [...examples].map(([name, value]) => ({ operation: one.id, status, name, schema, value }));
    }),
  );
}

/** The pieces of the contract's success examples that no recorded answer has. */
export function untrueExamples(document: JsonObject, recordings: readonly Recording[]): Untrue[] {
  return successExamples(document).flatMap(({ operation, status, name, schema, value }) =>
    piecesOf(document, schema, value).flatMap((piece) => {
      const given = recordingsAt(recordings, { operation, status, where: piece.where });
      if (given.some(({ shape }) => shape === piece.shape)) return [];
      return [{ operation, status, example: name, where: piece.where, ...nearestTo(piece, given) }];
    }),
  );
}

function nearestTo(piece: Piece, given: readonly Recording[]): Pick<Untrue, 'differs' | 'nearest'> {
  const ours = parsedShape(piece);
  const [nearest] = given
    .map((recording) => ({ nearest: recording.value, differs: differences(ours, parsedShape(recording)) }))
    .sort((one, other) => one.differs.length - other.differs.length);
  return nearest ?? { differs: [], nearest: undefined };
}
