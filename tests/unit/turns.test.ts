import { describe, expect, it } from '@jest/globals';
import { createTurns } from '../../src/platform/turns.js';

/** Work that ends when it is told to. */
function held(): { work: () => Promise<string>; end: () => void; hasBegun: () => boolean } {
  let begun = false;
  let end = (): void => undefined;
  const ended = new Promise<string>((resolve) => (end = () => resolve('done')));
  return {
    work: () => {
      begun = true;
      return ended;
    },
    end: () => end(),
    hasBegun: () => begun,
  };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('heavy work takes turns', () => {
  it('so many at once, the others in order, and a place is handed on also by work that fails', async () => {
    const turns = createTurns({ atOnce: 2, waiting: 2, patienceMs: 60_000 });
    const works = [held(), held(), held(), held()];
    const answers = works.map(({ work }) => turns(work));
    expect(works.map(({ hasBegun }) => hasBegun())).toEqual([true, true, false, false]);
    works[1]?.end();
    await settle();
    expect(works.map(({ hasBegun }) => hasBegun())).toEqual([true, true, true, false]);
    for (const { end } of works) end();
    expect(await Promise.all(answers)).toEqual(['done', 'done', 'done', 'done']);

    const fails = turns(() => Promise.reject(new Error('no')));
    await expect(fails).rejects.toThrow('no');
    const again = [held(), held()];
    const both = again.map(({ work }) => turns(work));
    expect(again.map(({ hasBegun }) => hasBegun())).toEqual([true, true]);
    for (const { end } of again) end();
    await Promise.all(both);
  });

  it('refuses at once where too many wait', async () => {
    const turns = createTurns({ atOnce: 1, waiting: 1, patienceMs: 60_000 });
    const works = [held(), held(), held()];
    const [first, second, third] = works.map(({ work }) => turns(work));
    await expect(third).rejects.toMatchObject({ code: 'service_unavailable' });
    expect(works[2]?.hasBegun()).toBe(false);
    for (const { end } of works) end();
    await Promise.all([first, second]);
  });

  it('does not begin what has waited for too long, and hands its place on', async () => {
    const turns = createTurns({ atOnce: 1, waiting: 2, patienceMs: -1 });
    const works = [held(), held()];
    const [first, second] = works.map(({ work }) => turns(work));
    works[0]?.end();
    await first;
    await expect(second).rejects.toMatchObject({ code: 'service_unavailable' });
    expect(works[1]?.hasBegun()).toBe(false);
    const next = held();
    const third = turns(next.work);
    expect(next.hasBegun()).toBe(true);
    next.end();
    await third;
  });
});
