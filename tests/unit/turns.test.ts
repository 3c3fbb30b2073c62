import { describe, expect, test } from '@jest/globals';
import { createTurns } from '../../src/platform/turns.js';

/** Work that ends when it is told to, and says when it began. */
function piece(begun: string[], name: string) {
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  const work = async (): Promise<string> => {
    begun.push(name);
    await ended;
    return name;
  };
  return { work, end: () => end() };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('turns', () => {
  test('run so many at once, the others in the order of their coming', async () => {
    const turns = createTurns({ atOnce: 2, waiting: 10, waitMs: 60_000, what: 'It' });
    const begun: string[] = [];
    const pieces = ['a', 'b', 'c', 'd'].map((name) => piece(begun, name));
    const results = pieces.map(({ work }) => turns(work));
    await settled();
    expect(begun).toEqual(['a', 'b']);
    pieces[1]?.end();
    await settled();
    expect(begun).toEqual(['a', 'b', 'c']);
    for (const { end } of pieces) end();
    expect(await Promise.all(results)).toEqual(['a', 'b', 'c', 'd']);
  });

  test('refuse who comes when too many wait, and take the next when there is room again', async () => {
    const turns = createTurns({ atOnce: 1, waiting: 1, waitMs: 60_000, what: 'It' });
    const begun: string[] = [];
    const [first, second, third] = [piece(begun, 'a'), piece(begun, 'b'), piece(begun, 'c')];
    const running = [turns(first.work), turns(second.work)];
    await expect(turns(third.work)).rejects.toMatchObject({
      code: 'service_unavailable',
      headers: { 'Retry-After': expect.any(String) },
    });
    first.end();
    await settled();
    const taken = turns(third.work);
    second.end();
    third.end();
    expect(await Promise.all([...running, taken])).toEqual(['a', 'b', 'c']);
  });

  test('are not waited for longer than is said, and what was not begun then never is', async () => {
    const turns = createTurns({ atOnce: 1, waiting: 5, waitMs: 20, what: 'It' });
    const begun: string[] = [];
    const [first, second] = [piece(begun, 'a'), piece(begun, 'b')];
    const running = turns(first.work);
    await expect(turns(second.work)).rejects.toMatchObject({ code: 'service_unavailable' });
    first.end();
    await expect(running).resolves.toBe('a');
    await expect(turns(() => Promise.resolve('c'))).resolves.toBe('c');
    expect(begun).toEqual(['a']);
  });

  test('a piece that fails hands its turn on', async () => {
    const turns = createTurns({ atOnce: 1, waiting: 5, waitMs: 60_000, what: 'It' });
    const failing = turns(() => Promise.reject(new Error('broken')));
    const after = turns(() => Promise.resolve('done'));
    await expect(failing).rejects.toThrow('broken');
    await expect(after).resolves.toBe('done');
    await expect(turns(() => Promise.resolve('again'))).resolves.toBe('again');
  });
});
