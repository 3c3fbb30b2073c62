import createClient from 'openapi-fetch';
import type { ApiError, paths } from '../../../generated/openapi.js';
import { wait } from './wait.js';

/** Put in by the build. */
declare const API_URL: string;

/** The contract's client. Its cookies are the session and a guest's cart; no script can read them. */
export const api = createClient<paths>({ baseUrl: API_URL, credentials: 'include' });

/** The address of a picture, which the API gives as a path. */
export const onServer = (path: string): string => new URL(path, API_URL).href;

/** The server said no, in the one shape that the contract has for it. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly body: ApiError,
    /** When it may be tried again, where the server said so. */
    readonly retryAfterSeconds: number | undefined,
  ) {
    super(body.message);
  }
}

/** There was no answer that could be read: whether the server did what it was asked is unknown. */
export class Unanswered extends Error {
  constructor(cause?: unknown) {
    super('The shop does not answer. Please try again.', { cause });
  }
}

/** Is dispatched on `window` where the server knows the session no more. */
export const SESSION_ENDED = 'session-ended';

type Answer<T> = { data?: T; error?: unknown; response: Response };

const TRIES = 3;
const LONGEST_WAIT_S = 5;

/**
 * The data of an answer; throws `Refused` or `Unanswered`. A short "come back in a moment" (503) is waited for, and the request
 * sent again: only those that do nothing the second time belong here. They read, set, take away, or carry a key.
 */
export async function ask<T>(request: () => Promise<Answer<T>>): Promise<T> {
  const { data } = await settled(request);
  if (data === undefined) throw new Unanswered();
  return data;
}

/** As `ask`, for what may not be sent twice unseen: after a 503 it may have been done all the same, and the caller decides. */
export async function askOnce<T>(request: () => Promise<Answer<T>>): Promise<T> {
  const { data } = await settled(request, 1);
  if (data === undefined) throw new Unanswered();
  return data;
}

/** As `ask`, for answers without a body. */
export async function send(request: () => Promise<Answer<unknown>>): Promise<void> {
  await settled(request);
}

async function settled<T>(request: () => Promise<Answer<T>>, tries = TRIES): Promise<Answer<T>> {
  for (let round = 1; ; round += 1) {
    const answer = await request().catch((cause: unknown) => {
      throw new Unanswered(cause);
    });
    const { response, error } = answer;
    if (response.ok) return answer;
    const seconds = Number(response.headers.get('retry-after') ?? NaN);
    if (response.status === 503 && round < tries && seconds <= LONGEST_WAIT_S) {
      await wait(seconds * 1000);
      continue;
    }
    if (!isApiError(error)) throw new Unanswered();
    if (error.code === 'unauthenticated') dispatchEvent(new Event(SESSION_ENDED));
    throw new Refused(response.status, error, Number.isFinite(seconds) ? seconds : undefined);
  }
}

/** What stands between us and the API may answer with a page of its own. */
function isApiError(error: unknown): error is ApiError {
  return typeof error === 'object' && error !== null && 'code' in error && 'message' in error;
}
