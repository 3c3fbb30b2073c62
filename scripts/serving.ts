import { messageOf } from '../src/platform/errors.js';

/** The number of a port that somebody wrote. Throws where it is none. */
export function portOf(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535)
    throw new Error('--port must be a number up to 65535');
  return Number(text);
}

/** Waits for what begins to listen at a port. Where that is taken, the error tells the command that takes another one. */
export async function atFreePort<T>(listening: Promise<T>, port: number, command: string): Promise<T> {
  return listening.catch((cause: unknown) => {
    if (!(cause instanceof Error) || !('code' in cause) || cause.code !== 'EADDRINUSE') throw cause;
    throw new Error(`port ${port} is taken. Another one: ${command} -- --port <port>`, { cause });
  });
}

/** The process of a server: it runs until Ctrl-C or SIGTERM, or says why it cannot start and exits with 1. */
export function serve(what: string, start: () => Promise<{ stop: () => Promise<unknown> }>): void {
  start().then(
    ({ stop }) => {
      const end = (): void => void stop().then(() => process.exit(0));
      process.once('SIGINT', end);
      process.once('SIGTERM', end);
    },
    (error: unknown) => {
      process.stderr.write(`${what} could not start: ${messageOf(error)}\n`);
      process.exit(1);
    },
  );
}
