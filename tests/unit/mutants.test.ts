import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { mutants } from '../mutants/rules.js';

it.each(mutants)('the rule "$rule" stands in one place, so that it can be taken out', ({ file, find }) => {
  expect(readFileSync(file, 'utf8').split(find)).toHaveLength(2);
});
