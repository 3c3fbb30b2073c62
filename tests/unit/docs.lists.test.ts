import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { operationsOf } from '../../scripts/contract/operations.js';
import { listAt, objectAt, resolve, textAt, type JsonObject } from '../../scripts/generate/json.js';
import { generated } from '../contract/contract.reader.js';

const contract = generated('openapi.json');
const rows = readFileSync('docs/guides/pagination-and-search.md', 'utf8').split('\n');
const OF_EVERY_LIST = ['q', 'sort', 'page', 'limit'];

const queryOf = (parameters: readonly JsonObject[]): string[] =>
  parameters.filter((one) => one.in === 'query').map((one) => textAt(one.name, 'name'));
const lists = operationsOf(contract).filter(({ parameters }) => queryOf(parameters).includes('page'));
const named = (cell: string): string[] => Array.from(cell.matchAll(/`([^`]+)`/g), ([, name = '']) => name);

/** The orders that a list can have, the default first. */
function sortsOf(parameters: readonly JsonObject[]): string[] {
  const sort = parameters.find((one) => one.name === 'sort');
  if (sort === undefined) return [];
  const { allOf, default: usual } = objectAt(sort.schema, 'sort');
  const values = listAt(resolve(contract, objectAt(listAt(allOf)[0], 'sort')).enum).map(String);
  const first = textAt(usual, 'the default of sort');
  return [first, ...values.filter((value) => value !== usual)];
}

it('X1: the guide on lists tells every list with its filters, whether it has words, and its orders', () => {
  let sorts: string[] = [];
  const told = rows.flatMap((row) => {
    const [, name, words = '', filters = '', order = ''] = row.split('|').map((cell) => cell.trim());
    const [, id] = /^\[(\w+)\]\(operation:/.exec(name ?? '') ?? [];
    if (id === undefined) return [];
    sorts = order === 'the same' ? sorts : named(order);
    return [{ id, hasWords: words !== '–', filters: named(filters).sort(), sorts: [...sorts].sort() }];
  });
  const found = lists.map(({ id, parameters }) => ({
    id,
    hasWords: queryOf(parameters).includes('q'),
    filters: queryOf(parameters)
      .filter((name) => !OF_EVERY_LIST.includes(name))
      .sort(),
    sorts: sortsOf(parameters).sort(),
  }));
  const byId = (one: { id: string }, other: { id: string }): number => one.id.localeCompare(other.id);
  expect(told.sort(byId)).toEqual(found.sort(byId));
});
