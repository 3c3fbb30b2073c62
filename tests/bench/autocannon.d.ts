/** The part of autocannon that the bench uses; the package brings no types. */
declare module 'autocannon' {
  import type { EventEmitter } from 'node:events';

  interface LoadRequest {
    method?: string;
    path?: string;
    headers?: Record<string, string>;
    body?: string;
  }

  interface LoadOptions {
    url: string;
    connections: number;
    /** Seconds; not looked at where `amount` is given. */
    duration?: number;
    amount?: number;
    timeout?: number;
    requests: { setupRequest(request: LoadRequest): LoadRequest }[];
    /** `response` carries the status, the bytes and the time in ms of each answer. */
    setupClient(client: EventEmitter): void;
  }

  interface LoadResult {
    /** Seconds. */
    duration: number;
    errors: number;
    timeouts: number;
    non2xx: number;
  }

  function autocannon(options: LoadOptions): Promise<LoadResult>;
  export = autocannon;
}
