import type { Contract, Operation } from '../contract.js';
import { filterOperations } from '../trial.js';
import { element } from './dom.js';

export type Chooser = {
  view: HTMLElement;
  /** Shows which operation is chosen. */
  mark: (operation: Operation) => void;
};

/** The list of all operations, with a filter. Each is a link, so that it can be kept and sent to somebody. */
export function createChooser({ tags, operations }: Contract): Chooser {
  const filter = element('input', {
    type: 'search',
    id: 'operation-filter',
    placeholder: 'Filter operations',
    'aria-label': 'Filter operations',
    autocomplete: 'off',
    spellcheck: 'false',
  });
  const count = element('p', { class: 'unseen', role: 'status' });
  const links = new Map(operations.map((one) => [one.id, linkTo(one)]));
  const groups = tags.map(({ name, operations: members }) => {
    const items = members.map(({ id }) => element('li', {}, links.get(id)));
    const list = element('ul', {}, ...items);
    return { members, items, view: element('section', {}, element('p', { class: 'group' }, name), list) };
  });
  const chosen = element('span', { class: 'chosen' });
  const choices = element(
    'nav',
    { 'aria-label': 'Operations', class: 'choices' },
    ...groups.map((group) => group.view),
  );
  /** Moves the list alone: the page stays where its reader is. */
  const show = (link: HTMLElement | undefined): void => {
    if (link === undefined) return;
    const above = link.offsetTop - choices.offsetTop;
    const isSeen =
      above >= choices.scrollTop && above < choices.scrollTop + choices.clientHeight - link.offsetHeight;
    if (!isSeen) choices.scrollTop = above - choices.clientHeight / 3;
  };
  const view = element(
    'details',
    { class: 'chooser' },
    element('summary', {}, 'Operation: ', chosen),
    filter,
    count,
    choices,
  );
  // Beside the form there is room for it at all times.
  const wide = matchMedia('(min-width: 62rem)');
  view.open = wide.matches;
  wide.addEventListener('change', () => (view.open = wide.matches));

  filter.addEventListener('input', () => {
    const found = new Set(filterOperations(operations, filter.value));
    for (const { members, items, view: group } of groups) {
      items.forEach((item, at) => {
        const member = members[at];
        item.hidden = member === undefined || !found.has(member);
      });
      group.hidden = items.every((item) => item.hidden);
    }
    count.textContent = `${found.size} operations`;
  });
  return {
    view,
    mark(operation) {
      for (const [id, link] of links) {
        if (id === operation.id) link.setAttribute('aria-current', 'true');
        else link.removeAttribute('aria-current');
      }
      chosen.textContent = operation.summary;
      if (!wide.matches) view.open = false;
      else show(links.get(operation.id));
    },
  };
}

function linkTo({ id, method, summary }: Operation): HTMLElement {
  const kind = element('span', { class: `method ${method}` }, method.toUpperCase());
  return element('a', { href: `#${id}`, title: id }, kind, element('span', {}, summary));
}
