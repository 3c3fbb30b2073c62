import { action, el, wordsFor } from './dom.js';

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

/** Shows the page that the address names, from now on. */
export function startRouter(routes: Readonly<Record<string, Page>>, outlet: HTMLElement): void {
  let current = new AbortController();
  const show = async (isFirst: boolean): Promise<void> => {
    current.abort();
    const own = (current = new AbortController());
    outlet.setAttribute('aria-busy', 'true');
    const view = await open(routes, own.signal).catch((error: unknown) => problem(error, () => show(false)));
    if (own.signal.aborted) return;
    outlet.replaceChildren(view);
    outlet.removeAttribute('aria-busy');
    document.title = `${outlet.querySelector('h1')?.textContent ?? 'Shop'} · Holdfast`;
    if (isFirst) return;
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

function problem(error: unknown, again: () => Promise<void>): Node {
  return el(
    'section',
    { class: 'empty' },
    el('h1', {}, 'That did not work'),
    el('p', { role: 'alert' }, wordsFor(error)),
    action('Try again', again),
  );
}
