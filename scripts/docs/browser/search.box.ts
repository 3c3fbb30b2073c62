import type { Find, Found } from '../find.js';

const KINDS: Readonly<Record<string, string>> = {
  guide: 'Guide',
  operation: 'Operation',
  schema: 'Schema',
  error: 'Error',
};

/** Where the program of the search is; it is loaded when somebody goes to the box. */
const PROGRAM = '/docs/search.js';

type Program = { loadSearch: () => Promise<Find> };

/** Brings the search box of a page to life: `/` goes there, arrows choose, Enter opens, Escape closes, and then leaves. */
export function openSearch(): void {
  const box = document.querySelector<HTMLInputElement>('#search');
  const list = document.querySelector<HTMLElement>('#search-results');
  const status = document.querySelector<HTMLElement>('#search-status');
  if (box === null || list === null || status === null) return;
  let find: Promise<Find> | undefined;
  let chosen = -1;

  const load = (): Promise<Find> => {
    find ??= import(PROGRAM).then(({ loadSearch }: Program) => loadSearch());
    return find;
  };
  const options = (): HTMLElement[] => [...list.querySelectorAll<HTMLElement>('[role=option]')];
  const close = (): void => {
    list.hidden = true;
    chosen = -1;
    box.setAttribute('aria-expanded', 'false');
    box.removeAttribute('aria-activedescendant');
  };
  const choose = (index: number): void => {
    const all = options();
    if (all.length === 0) return;
    chosen = (index + all.length) % all.length;
    all.forEach((option, at) => option.setAttribute('aria-selected', String(at === chosen)));
    all[chosen]?.scrollIntoView({ block: 'nearest' });
    box.setAttribute('aria-activedescendant', `result-${chosen}`);
  };
  const show = (results: readonly Found[]): void => {
    list.replaceChildren(...results.map(optionFor));
    if (results.length === 0) list.append(emptyNote());
    list.hidden = false;
    box.setAttribute('aria-expanded', 'true');
    status.textContent = results.length === 1 ? '1 result' : `${results.length} results`;
    choose(0);
  };
  const search = async (): Promise<void> => {
    const wanted = box.value.trim();
    if (wanted === '') {
      close();
      return;
    }
    try {
      const results = (await load())(wanted);
      // Somebody who typed on meanwhile gets the answer to the later words.
      if (wanted === box.value.trim()) show(results);
    } catch {
      status.textContent = 'The search could not be loaded.';
      find = undefined;
    }
  };

  box.addEventListener('focus', () => {
    // A failure is told when something is looked for.
    load().catch(() => (find = undefined));
    if (box.value.trim() !== '') void search();
  });
  box.addEventListener('input', () => void search());
  box.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      if (list.hidden) box.blur();
      close();
    } else if (event.key === 'ArrowDown' && list.hidden) void search();
    else if (event.key === 'ArrowDown') choose(chosen + 1);
    // What nobody sees is neither chosen nor opened.
    else if (list.hidden) return;
    else if (event.key === 'ArrowUp') choose(chosen - 1);
    else if (event.key === 'Enter') options()[chosen]?.querySelector('a')?.click();
    else return;
    event.preventDefault();
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
  document.addEventListener('pointerdown', ({ target }) => {
    if (target instanceof Node && box.closest('search')?.contains(target) !== true) close();
  });
  // A result on the page that is open already changes the address only.
  list.addEventListener('click', close);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

function optionFor({ title, name, kind, hint, url }: Found, index: number): HTMLElement {
  const option = document.createElement('div');
  option.id = `result-${index}`;
  option.setAttribute('role', 'option');
  option.setAttribute('aria-selected', 'false');
  const link = document.createElement('a');
  link.href = url;
  link.tabIndex = -1;
  const about = kind === 'operation' ? `${name} · ${hint}` : hint;
  link.append(part('kind', KINDS[kind] ?? kind), part('title', title), part('hint', about));
  option.append(link);
  return option;
}

function part(className: string, text: string): HTMLElement {
  const span = document.createElement('span');
  span.className = className;
  span.textContent = text;
  return span;
}

function emptyNote(): HTMLElement {
  return part('nothing', 'Nothing found.');
}
