import type Razorpay from 'razorpay';
import { z } from 'zod';
import { messageOf } from '../../platform/errors.js';
import { NO_ANSWER } from './razorpay.errors.js';

/** Over before a caller's own time is: an answer of ours is due within 5 s. */
const TIMEOUT_MS = 4_000;
/** No answer of Razorpay's is nearly as large; a larger one is not read to its end. */
const ANSWER_BYTES = 5 * 1024 * 1024;

/**
 * The package fixes its host, has no time-out, and turns a network failure into a TypeError unless the failure carries a
 * response. All three are set on its HTTP client, which its types do not show. The client's own time-out begins anew with
 * each piece of an answer, so that one which trickles would never be over: each call gets an end besides.
 */
export function configureTransport(client: Razorpay, apiUrl: string): void {
  const http = transportSchema.parse(Reflect.get(client.api, 'rq'));
  Object.assign(http.defaults, { baseURL: apiUrl, timeout: TIMEOUT_MS, maxContentLength: ANSWER_BYTES });
  http.interceptors.request.use((call) => Object.assign(call, { signal: AbortSignal.timeout(TIMEOUT_MS) }));
  http.interceptors.response.use(
    (response: unknown) => response,
    (error: unknown) => {
      if (error instanceof Error && Reflect.get(error, 'response') === undefined) {
        const data = { error: { code: 'NO_ANSWER', description: messageOf(error) } };
        Object.assign(error, { response: { status: NO_ANSWER, data } });
      }
      return Promise.reject(error instanceof Error ? error : new Error(messageOf(error)));
    },
  );
}

type Transport = {
  defaults: object;
  interceptors: {
    request: { use(prepare: (call: object) => object): void };
    response: { use(done: (response: unknown) => unknown, failed: (error: unknown) => unknown): void };
  };
};

/** The package's HTTP client is a function with properties; only those that we set are looked at. */
const transportSchema = z.custom<Transport>(
  (value) => typeof value === 'function' && 'defaults' in value && 'interceptors' in value,
  'the razorpay package has another HTTP client than expected',
);

/** POST with a time-out; rejects with the same kind of failure as the package does. */
export async function post(
  url: string,
  request: { headers: Record<string, string>; body: string },
): Promise<unknown> {
  const response = await fetch(url, { method: 'POST', ...request, signal: AbortSignal.timeout(TIMEOUT_MS) });
  const body: unknown = await response.json().catch(() => ({}));
  if (response.ok) return body;
  const error = z.object({ error: z.unknown() }).safeParse(body).data?.error;
  return Promise.reject(Object.assign(new Error('Razorpay refused'), { statusCode: response.status, error }));
}
