import { expect, test } from '@jest/globals';
import { createSeries } from '../../src/platform/series.js';

test('work of one subject runs in turn, work of others at once', async () => {
  const inTurn = createSeries();
  const began: string[] = [];
  let end = (): void => undefined;
  const first = inTurn('a', () => {
    began.push('a1');
    return new Promise<void>((resolve) => (end = resolve));
  });
  const second = inTurn('a', () => Promise.resolve(began.push('a2')));
  await inTurn('b', () => Promise.resolve(began.push('b1')));
  expect(began).toEqual(['a1', 'b1']);
  end();
  await Promise.all([first, second]);
  expect(began).toEqual(['a1', 'b1', 'a2']);
});

test('a failure is told to its caller, and the next one runs', async () => {
  const inTurn = createSeries();
  const failing = inTurn('a', () => Promise.reject(new Error('no')));
  const next = inTurn('a', () => Promise.resolve('yes'));
  await expect(failing).rejects.toThrow('no');
  expect(await next).toBe('yes');
});
