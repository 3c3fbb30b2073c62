/** One step of an actor that waits for its turn: a script, a database operation or a transaction. */
type Waiting = { actor: number; label: string; run: (how: Outcome) => Promise<void> };

/** What a step meets: it is done, or its answer is lost afterwards, or it fails before anything was done. */
export type Outcome = 'done' | 'answer lost' | 'not done';

/** Everything that an actor does to the outside goes through its gate, one call one step. */
export type Gate = <T>(label: string, work: () => Promise<T>) => Promise<T>;

/** What a client sees whose server went away; the services take it for trouble, not for an answer. */
export class Trouble extends Error {
  override name = 'MongoNetworkError';
}

export type Scheduler = ReturnType<typeof createScheduler>;

/**
 * Lets exactly one step run at a time and everybody else sleep, for as long as the schedule wants. `afterStep` runs
 * after each one, when nothing is in the middle of a step.
 */
export function createScheduler(afterStep: (label: string) => Promise<void>) {
  let waiting: Waiting[] = [];
  let inStep = false;
  const names: string[] = [];
  const failures: Error[] = [];
  const trace: string[] = [];

  const gateOf =
    (actor: number): Gate =>
    (label, work) => {
      // What a transaction does inside belongs to its one step.
      if (inStep) return work();
      return new Promise((resolve, reject) => {
        const run = async (how: Outcome): Promise<void> => {
          let answer: () => void;
          inStep = true;
          try {
            if (how === 'not done') throw new Trouble('connection closed before it was done');
            const value = await work();
            answer =
              how === 'answer lost' ? () => reject(new Trouble('connection closed')) : () => resolve(value);
          } catch (error) {
            answer = () => reject(error instanceof Error ? error : new Error(String(error)));
          } finally {
            inStep = false;
          }
          answer();
          // The actor goes on in microtasks until its next step.
          await new Promise(setImmediate);
        };
        waiting.push({ actor, label, run });
      });
    };

  const step = async (waiter: Waiting, how: Outcome): Promise<void> => {
    waiting = waiting.filter((other) => other !== waiter);
    const label = `${names[waiter.actor]}: ${waiter.label}${how === 'done' ? '' : ` (${how})`}`;
    trace.push(label);
    await waiter.run(how);
    await afterStep(label);
  };

  return {
    trace,
    failures,

    /** Starts an actor; its first step waits already. What `isAnswer` takes for an answer is no failure. */
    async spawn(name: string, act: (gate: Gate) => Promise<unknown>, isAnswer: (error: unknown) => boolean) {
      const actor = names.push(name) - 1;
      const gate = gateOf(actor);
      gate('start', () => Promise.resolve())
        .then(() => act(gate))
        .then(
          () => trace.push(`${name}: ended`),
          (error: unknown) => {
            trace.push(`${name}: ended with ${String(error)}`);
            if (!isAnswer(error)) failures.push(error instanceof Error ? error : new Error(String(error)));
          },
        );
      await new Promise(setImmediate);
      return actor;
    },

    /** Runs up to `steps` steps of the `who`th of the actors that wait, or less: until it is about to do `before`. */
    async turn(who: number, steps: number, how: Outcome = 'done', before = 'nothing'): Promise<void> {
      const actors = [...new Set(waiting.map(({ actor }) => actor))].sort((a, b) => a - b);
      const actor = actors[who % Math.max(actors.length, 1)];
      for (let done = 0; done < steps && failures.length === 0; done += 1) {
        const own = waiting.filter((waiter) => waiter.actor === actor);
        // Parallel steps of one actor are taken in an order that the schedule's numbers decide.
        const next = own[(who + done) % Math.max(own.length, 1)];
        if (next === undefined || (done > 0 && next.label.startsWith(before))) return;
        await step(next, how);
      }
    },

    /** Runs one actor to its end; everybody else sleeps. */
    async finish(actor: number): Promise<void> {
      for (;;) {
        const next = waiting.find((waiter) => waiter.actor === actor);
        if (next === undefined || failures.length > 0) return;
        await step(next, 'done');
      }
    },

    /** Lets everybody go on to the end, step by step in turn. */
    async finishAll(): Promise<void> {
      for (let next = waiting[0]; next !== undefined && failures.length === 0; next = waiting[0]) {
        await step(next, 'done');
      }
    },

    /** Abandons the `who`th of the waiting actors for ever: its process is gone between two steps. */
    crash(who: number): void {
      const actors = [...new Set(waiting.map(({ actor }) => actor))].sort((a, b) => a - b);
      const actor = actors[who % Math.max(actors.length, 1)];
      if (actor === undefined) return;
      trace.push(`${names[actor]}: crashed`);
      waiting = waiting.filter((waiter) => waiter.actor !== actor);
    },

    note: (line: string): number => trace.push(line),
  };
}
