import { Refused, Unanswered } from './api.js';
import { action, el, wordsFor } from './dom.js';
import { wait } from './wait.js';

/** What a page is opened with: the `:names` of its path, what stands behind `?`, and `signal`, which ends with the page. */
export type Visit = { params: Record<string, string>; query: URLSearchParams; signal: AbortSignal };
export type Page = (visit: Visit) => Promise<Node>;

type Query = Record<string, string | number | undefined>;

/** The address of a page. */
export function link(path: string, query: Query = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return `#${path}${search === '' ? '' : `?${search}`}`;
}

export function go(path: string, query?: Query): void {
  const target = link(path, query);
  if (location.hash === target) dispatchEvent(new Event('hashchange'));
  else location.hash = target;
}

/** Shows the page that the address names, from now on. `prepare` is what pages stand on, read anew after one that failed. */
export function startRouter(
  routes: Readonly<Record<string, Page>>,
  outlet: HTMLElement,
  prepare: () => Promise<unknown>,
): void {
  let current = new AbortController();
  const show = async (isFirst: boolean): Promise<void> => {
    current.abort();
    const { signal } = (current = new AbortController());
    const present = (view: Node): void => {
      if (signal.aborted) return;
      const hadFocus = outlet.contains(document.activeElement);
      outlet.replaceChildren(view);
      if (hadFocus) outlet.focus({ preventScroll: true });
      outlet.removeAttribute('aria-busy');
      document.title = `${outlet.querySelector('h1')?.textContent ?? 'Shop'} · Holdfast`;
    };
    outlet.setAttribute('aria-busy', 'true');
    const again = async (): Promise<void> => {
      await prepare();
      present(await open(routes, signal));
    };
    present(await open(routes, signal).catch((error: unknown) => problem(error, again, signal)));
    if (isFirst || signal.aborted) return;
    scrollTo(0, 0);
    outlet.focus({ preventScroll: true });
  };
  addEventListener('hashchange', () => void show(false));
  void show(true);
}

async function open(routes: Readonly<Record<string, Page>>, signal: AbortSignal): Promise<Node> {
  const [path = '', search] = location.hash.slice(1).split('?');
  const asked = path === '' ? '/' : path;
  for (const [pattern, page] of Object.entries(routes)) {
    const params = match(pattern, asked);
    if (params !== undefined) return page({ params, query: new URLSearchParams(search), signal });
  }
  throw new Error('There is no such page.');
}

function match(pattern: string, path: string): Record<string, string> | undefined {
  const [wanted, given] = [pattern.split('/'), path.split('/')];
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? '';
    if (part.startsWith(':')) params[part.slice(1)] = decodeURIComponent(value);
    else if (part !== value) return undefined;
  }
  return params;
}

const FIRST_WAIT_S = 2;
const LONGEST_WAIT_S = 30;

/** Why there is no page. What may be over in a moment is tried again, by itself and whenever the visitor says so. */
function problem(error: unknown, again: () => Promise<void>, signal: AbortSignal): Node {
  const mayPass =
    error instanceof Unanswered ||
    (error instanceof Refused && [429, 500, 502, 503, 504].includes(error.status));
  const told = el('p', { class: 'faint' });
  if (mayPass) void recover(again, error, told, signal);
  return el(
    'section',
    { class: 'empty' },
    el('h1', {}, 'That did not work'),
    el('p', { role: 'alert' }, wordsFor(error)),
    told,
    mayPass ? action('Try again', again, { class: 'primary' }) : el('a', { href: link('/') }, 'To the shop'),
  );
}

/** Tries for as long as `told` stands on the page, ever more seldom, and not before the time that the last refusal named. */
async function recover(
  again: () => Promise<void>,
  first: unknown,
  told: HTMLElement,
  signal: AbortSignal,
): Promise<void> {
  let error = first;
  for (let waitS = FIRST_WAIT_S; ; waitS = Math.min(2 * waitS, LONGEST_WAIT_S)) {
    const namedS = error instanceof Refused ? (error.retryAfterSeconds ?? 0) : 0;
    for (let left = Math.max(waitS, namedS); left > 0; left -= 1) {
      told.textContent = `The shop is asked again in ${left} s.`;
      await wait(1_000);
      if (signal.aborted || !told.isConnected) return;
    }
    told.textContent = 'The shop is asked again.';
    // A try that fails is followed by another one.
    error = await again().catch((why: unknown) => why);
  }
}
