/*
 * Loaded into a built server with `--import`: the server kills itself with SIGKILL right before its n-th step. A step is a
 * command to MongoDB or Redis, or a request to Razorpay or SES. Counted from a message `{ arm: n }` of the parent, or from
 * the first step that is named by HOLDFAST_KILL_FROM, then with n from HOLDFAST_KILL_AT. Plain JavaScript, because a built
 * server has no compiler in it.
 */
import { writeSync } from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { Connection } = require('mongodb/lib/cmap/connection.js');
const { Redis } = require('ioredis');

const from = process.env.HOLDFAST_KILL_FROM;
let killAt = from === undefined ? undefined : Number(process.env.HOLDFAST_KILL_AT);
let counting = false;
let count = 0;

/** Sessions that have been in a transaction; some may be in one when the process dies. */
const sessions = new Set();

function step(name) {
  if (!counting && name === from) counting = true;
  if (!counting) return;
  count += 1;
  if (count !== killAt) return;
  writeSync(2, `killed before step ${count}: ${name}\n`);
  for (const session of sessions)
    if (session.inTransaction()) writeSync(2, `open transaction: ${session.id.id.toString('hex')}\n`);
  process.kill(process.pid, 'SIGKILL');
}

/** What the drivers say by themselves, at times of their own. */
const HOUSEKEEPING = new Set(['hello', 'ismaster', 'isMaster', 'ping', 'endSessions', 'killCursors']);
/** What a connection and a script need before they are used for the first time: it changes nothing that is kept. */
const PREPARATION = new Set(['hello', 'client', 'select', 'auth', 'info', 'script', 'ping', 'quit']);

const command = Connection.prototype.command;
Connection.prototype.command = function patched(namespace, document, ...rest) {
  const [name] = Object.keys(document);
  const session = rest[0]?.session;
  if (session?.inTransaction()) sessions.add(session);
  if (!HOUSEKEEPING.has(name) && document[name] !== 'redisepochs') step(`${name} ${document[name]}`);
  return command.call(this, namespace, document, ...rest);
};

const sendCommand = Redis.prototype.sendCommand;
Redis.prototype.sendCommand = function patched(sent, ...rest) {
  if (!PREPARATION.has(sent.name)) step(`redis ${sent.name}`);
  return sendCommand.call(this, sent, ...rest);
};

const end = http.ClientRequest.prototype.end;
http.ClientRequest.prototype.end = function patched(...args) {
  step(`request ${this.method} ${this.path}`);
  return end.apply(this, args);
};

process.on('message', ({ arm }) => {
  if (arm !== undefined) {
    counting = true;
    count = 0;
    killAt = arm;
  }
  process.send({ count });
});
process.channel?.unref();
