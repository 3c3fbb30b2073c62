import { AppError, type ErrorDetails, type FieldError } from '../../src/platform/errors.js';
import type { Api, OperationId, SetCookie } from '../../src/platform/http/operation.js';
import { allOperations, type Operation } from '../../src/platform/http/routes.js';
import { answersOf, operationsOf, type ContractAnswer } from '../contract/operations.js';
import type { JsonObject } from '../generate/json.js';
import { choose, isShownError, type ShownError } from './choice.js';
import { isPreferred, preferenceApplied, type Preference } from './prefer.js';

type Call = { cookies: { holdfast_cart?: string }; principal: unknown };
type Reply = { status: number; headers: Record<string, string>; cookies: SetCookie[]; body?: unknown };

/** A picture of one pixel: no example of a text could stand for it. */
const PICTURE = Buffer.from('UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA', 'base64');

const COOKIE_MS = 24 * 3_600_000;

type Deps = {
  document: JsonObject;
  /** What the present request prefers. */
  preference: () => Preference;
  /** Bodies whose examples are a beginning only: they are answered whole where nothing is preferred. */
  whole: Partial<Record<OperationId, unknown>>;
};

/** Every operation of the contract, answered by the contract's own examples. */
export function exampleApi({ document, preference, whole }: Deps): Api {
  const answers = new Map(operationsOf(document).map((one) => [one.id, answersOf(document, one)]));
  const tags = new Map<string, Record<string, (call: Call) => Promise<Reply>>>();
  for (const operation of allOperations) {
    const handlers = tags.get(operation.tag) ?? {};
    handlers[operation.id] = (call) =>
      answer({
        operation,
        answers: answers.get(operation.id) ?? [],
        preference: preference(),
        whole: whole[operation.id],
        call,
      });
    tags.set(operation.tag, handlers);
  }
  // One function for each operation of the same table that the type is made from, held against the contract by the tests.
  return Object.fromEntries(tags) as unknown as Api;
}

async function answer(input: {
  operation: Operation;
  answers: readonly ContractAnswer[];
  preference: Preference;
  whole: unknown;
  call: Call;
}): Promise<Reply> {
  const { operation, answers, preference, whole, call } = input;
  const chosen = choose(answers, preference);
  const isPicture = chosen.answer.type === 'image/webp';
  const headers = {
    ...headersFor(chosen.status, chosen.answer),
    // As the server's pictures, which pages of other origins show.
    ...(isPicture && { 'Cross-Origin-Resource-Policy': 'cross-origin' }),
    ...(isPreferred(preference) && { 'Preference-Applied': preferenceApplied(preference) }),
  };
  if (isShownError(chosen.value)) throw asThrown(chosen.value, headers);
  const body = isPicture ? PICTURE : !isPreferred(preference) && whole !== undefined ? whole : chosen.value;
  return {
    status: chosen.status,
    headers,
    cookies: cookiesFor(operation, chosen.answer, call),
    ...(body !== undefined && { body }),
  };
}

/** Headers that belong to one status only, though the `default` answer documents them for all of its own. */
const OF_STATUS: Record<string, readonly number[]> = { Allow: [405], 'Retry-After': [429, 503] };

function headersFor(status: number, { headers }: ContractAnswer): Record<string, string> {
  const sent = Object.entries(headers).filter(
    ([name]) => name !== 'Set-Cookie' && (OF_STATUS[name]?.includes(status) ?? true),
  );
  return Object.fromEntries(sent);
}

/** An error of the contract that somebody asked to see: nothing has gone wrong. */
export class PreferredError extends AppError {}

/** Thrown as the server throws it, so that the answer has the id of its request. */
function asThrown({ code, message, errors, details }: ShownError, headers: Record<string, string>): AppError {
  return new PreferredError(code, message, {
    headers,
    ...(errors !== undefined && { errors: errors as FieldError[] }),
    ...(details !== undefined && { details: details as ErrorDetails }),
  });
}

/**
 * What the server would set: a session where anyone may ask for one, a cart for a guest who has none, and nothing but the end
 * of the session where the example of `Set-Cookie` is one.
 */
function cookiesFor({ access }: Operation, { headers }: ContractAnswer, call: Call): SetCookie[] {
  const example = headers['Set-Cookie'];
  if (example === undefined) return [];
  if (example.startsWith('holdfast_session=;')) return [{ name: 'holdfast_session', clear: true }];
  if (access === 'public') return [{ name: 'holdfast_session', value: 'mock-session', maxAgeMs: COOKIE_MS }];
  const isGuest = access === 'optional' && call.principal === undefined;
  if (!isGuest || call.cookies.holdfast_cart !== undefined) return [];
  return [{ name: 'holdfast_cart', value: 'mock-cart', maxAgeMs: COOKIE_MS }];
}
