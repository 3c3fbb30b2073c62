import { setTimeout as delay } from 'node:timers/promises';

import type { Fields } from './fields.js';
import { matchPath, type Answer, type Call, type Reply } from './http.js';

/**
 * How a service can fail. `down`: connections are closed, nothing is done. `slow`: done after `delayMs`. The two that
 * begin with `act-then` do what was asked and then leave the caller without an answer. The others answer an error and
 * do nothing.
 */
export type TroubleMode = 'none' | 'down' | 'slow' | 'act-then-hang' | 'act-then-close' | AnsweredMode;
export type AnsweredMode = 'error500' | 'html502' | 'throttle' | 'reject';

const TROUBLE_MODES: readonly TroubleMode[] = [
  ...(['none', 'down', 'slow', 'act-then-hang', 'act-then-close'] as const),
  ...(['error500', 'html502', 'throttle', 'reject'] as const),
];

export interface TroubleInput {
  mode: TroubleMode;
  /** Only requests to this path, in which `:any` stands for one segment. Default: all. */
  path?: string | undefined;
  /** Only requests with this method. Default: all. */
  method?: string | undefined;
  /** After so many requests all is well again. Default: until told otherwise. */
  times?: number | undefined;
  /** For `slow`. Default: 1000. */
  delayMs?: number | undefined;
  /** After this time all is well again. Default: until told otherwise. */
  forMs?: number | undefined;
}

/** `until`: real time, ms since 1970; absent where it lasts until told otherwise. */
export interface TroubleNow {
  mode: TroubleMode;
  until?: number;
}

export interface Trouble {
  /** Replaces the trouble that was. */
  set(input: TroubleInput): void;
  now(): TroubleNow;
  /** Lets a request through the trouble of the moment to `act`. */
  pass(call: Call, act: () => Promise<Answer>): Promise<Reply>;
}

/** The troubles of one service; `answers` says how that service words the errors it answers. */
export function makeTrouble(answers: Record<AnsweredMode, () => Answer>): Trouble {
  let current: TroubleInput = { mode: 'none' };
  let until: number | undefined;

  function endWhenOver(): void {
    if (until !== undefined && Date.now() >= until) set({ mode: 'none' });
  }

  function set(input: TroubleInput): void {
    current = input;
    until = input.forMs === undefined ? undefined : Date.now() + input.forMs;
  }

  function takeOne(call: Call): TroubleMode {
    endWhenOver();
    const { mode, path, method, times } = current;
    if (path !== undefined && matchPath(path, call.path) === undefined) return 'none';
    if (method !== undefined && method !== call.method) return 'none';
    if (times !== undefined) current = times > 1 ? { ...current, times: times - 1 } : { mode: 'none' };
    return mode;
  }

  return {
    set,
    now: () => {
      endWhenOver();
      return { mode: current.mode, ...(until !== undefined && { until }) };
    },
    pass: async (call, act) => {
      const { delayMs = 1_000 } = current;
      const mode = takeOne(call);
      switch (mode) {
        case 'none':
          return act();
        case 'down':
          return 'close';
        case 'slow':
          await delay(delayMs, undefined, { ref: false });
          return act();
        case 'act-then-hang':
          await act();
          return 'hang';
        case 'act-then-close':
          await act();
          return 'close';
        case 'error500':
        case 'html502':
        case 'throttle':
        case 'reject':
          return answers[mode]();
      }
    },
  };
}

/** A trouble from the fields of a control request. */
export function readTrouble(body: Fields): TroubleInput {
  return {
    mode: body.choice('mode', TROUBLE_MODES),
    path: body.optionalText('path'),
    method: body.optionalText('method'),
    times: body.optionalInteger('times'),
    delayMs: body.optionalInteger('delayMs'),
    forMs: body.optionalInteger('forMs'),
  };
}
