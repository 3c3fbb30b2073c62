import { expect, it } from '@jest/globals';
import { mongo } from 'mongoose';
import { isDatabaseTrouble } from '../../src/platform/db.js';

/** As the driver throws it at a request whose connection it gives up, since the server does not answer its monitor. */
class PoolClearedOnNetworkError extends mongo.MongoNetworkError {
  override get name(): string {
    return 'PoolClearedOnNetworkError';
  }
}

const said = (code: number, message: string) => new mongo.MongoServerError({ code, message });

it.each([
  ['a connection that is given up by the monitor', new PoolClearedOnNetworkError('interrupted'), true],
  ['a primary that was elected out', said(10_107, 'not primary'), true],
  ['a secondary that is read from', said(13_435, 'not primary and secondaryOk=false'), true],
  ['an operation that a step-down ended', said(11_602, 'operation was interrupted'), true],
  ['a server that shuts down', said(91, 'The server is in quiesce mode and will shut down'), true],
  ['a value that is taken', said(11_000, 'E11000 duplicate key error'), false],
  ['a command that is none', said(59, 'no such command'), false],
  ['a fault of ours', new TypeError('x is not a function'), false],
])('X2: the request may be repeated, or not: %s', (_, error, expected) => {
  expect(isDatabaseTrouble(error)).toBe(expected);
});
