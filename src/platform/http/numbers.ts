import type { RequestHandler } from 'express';
import { invalid } from '../errors.js';
import type { ContractFacts } from './contract.js';
import { operationOf } from './exchange.js';
import { allOperations } from './routes.js';

/** Digits alone, and no more of them than the largest whole number that JavaScript keeps exactly. */
const WHOLE = /^-?\d{1,16}$/;

/**
 * Refuses query parameters of the contract's type `integer` that are not written in digits. The validator reads them as
 * JavaScript does, which takes `0x2`, `1e1` and ` 2 ` for numbers, and makes `1e400` infinite.
 */
export function createNumberCheck({ wholeNumbers }: Pick<ContractFacts, 'wholeNumbers'>): RequestHandler {
  const numbers = new Map(allOperations.map((operation) => [operation.id, wholeNumbers(operation)]));
  return (request, _response, next) => {
    const { query } = request;
    const wrong = (numbers.get(operationOf(request).id) ?? []).filter((name) => {
      const value = query[name];
      // Whatever else it may be, a list or nothing at all, is the validator's to refuse.
      return typeof value === 'string' && value !== '' && !WHOLE.test(value);
    });
    next(wrong.length === 0 ? undefined : invalid(wrong.map(notWhole)));
  };
}

function notWhole(name: string) {
  return {
    path: `/query/${name}`,
    code: 'type',
    message: 'must be an integer, written in at most 16 digits',
  };
}
