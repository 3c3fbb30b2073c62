/* Talking with the server, and saying at the foot of the page what came of it. */
import { byId, setAttribute, setText } from './dom.js';

/** @import * as Told from '../console.types.js' */

/**
 * What the server says; throws its reason where it refuses.
 * @template T
 * @param {string} path
 * @param {RequestInit} [init]
 * @returns {Promise<T>}
 */
export async function ask(path, init) {
  const response = await fetch(path, init);
  /** @type {unknown} */
  const answer = await response.json();
  // The console's own server answers with nothing but what its types say.
  const body = /** @type {T & { error?: string }} */ (answer);
  if (!response.ok) throw new Error(body.error ?? `The server answered ${response.status}.`);
  return body;
}

/**
 * @param {string} text
 * @param {'done' | 'refused' | 'working'} kind
 */
export function say(text, kind) {
  const result = byId('result');
  setText(result, text);
  setAttribute(result, 'data-kind', kind);
}

/**
 * What was said of a trouble that begins. It counts no more once that is over.
 * @type {{ service: string, text: string, until: number } | undefined}
 */
let toldTrouble;

/**
 * @param {string} service
 * @param {number} seconds
 * @param {string} text
 */
export function sayTrouble(service, seconds, text) {
  say(text, 'done');
  toldTrouble = { service, text, until: performance.now() + seconds * 1000 };
}

/**
 * Says so where the trouble that was told last is over, unless something else has been said since.
 * @param {Told.TroubleLine[]} troubles
 */
export function endTold(troubles) {
  const line = troubles.find(({ service }) => service === toldTrouble?.service);
  // A look from before it began knows nothing of it.
  if (toldTrouble === undefined || line?.now !== null || performance.now() < toldTrouble.until) return;
  if (byId('result').textContent === toldTrouble.text) say(`${line.name} is back.`, 'done');
  toldTrouble = undefined;
}
