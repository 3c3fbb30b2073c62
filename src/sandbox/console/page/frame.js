/*
 * What every section has: its heading, why it cannot be read at the moment, what to say where there is nothing, and its rows,
 * the newest few of them until all are asked for.
 */
import { el, isInUse, list, setAttribute, setText } from './dom.js';

/** @import * as Told from '../console.types.js' */

/**
 * @template Item
 * @typedef {object} Frame
 * @property {string} id
 * @property {string} title
 * @property {string[]} [columns] of a table; a section without them has a list
 * @property {string} [look] the class of the table or list
 * @property {string} [empty] what to say of nothing
 * @property {number} [most] how many rows are shown before all are asked for
 * @property {Node[]} [before] what stands before the rows
 * @property {(item: Item) => string} keyOf
 * @property {(item: Item) => import('./dom.js').Row<Item>} row
 */

/**
 * Puts the section into `place`. Answers how to show what was read: where it could not be, that is said, and what was there stays.
 * @template Item
 * @param {HTMLElement} place
 * @param {Frame<Item>} frame
 * @returns {(section: Told.Section<readonly Item[]>, note?: string) => void}
 */
export function section(place, { id, title, columns, look = '', empty = '', most, before = [], keyOf, row }) {
  const rows = columns === undefined ? el('ul', { class: `plain ${look}` }) : el('tbody');
  rows.id = `${id}-list`;
  const body = columns === undefined ? rows : el('table', { class: look }, head(columns), rows);
  const heading = el('h2', { id: `${id}-title` }, title);
  const parts = {
    problem: el('p', { class: 'problem', hidden: '' }),
    empty: el('p', { class: 'empty', hidden: '' }, empty),
    more: el('button', { type: 'button', class: 'more', 'aria-controls': rows.id, hidden: '' }),
    note: el('p', { class: 'quiet', hidden: '' }),
  };
  place.append(
    el(
      'section',
      { id, 'aria-labelledby': heading.id, tabindex: '-1' },
      ...[heading, parts.problem, ...before, parts.empty, body, parts.more, parts.note],
    ),
  );

  const update = list(rows, keyOf, row);
  let isWhole = false;
  const bound = () => {
    const all = rows.childElementCount;
    const shown = isWhole || most === undefined ? all : most;
    [...rows.children].forEach((node, i) => {
      if (node instanceof HTMLElement) node.hidden = i >= shown && !isInUse(node);
    });
    parts.more.hidden = most === undefined || all <= most;
    setText(parts.more, isWhole ? `Show the first ${most}` : `Show all ${all}`);
    setAttribute(parts.more, 'aria-expanded', String(isWhole));
  };
  parts.more.addEventListener('click', () => {
    isWhole = !isWhole;
    bound();
  });

  return ({ data, problem }, note = '') => {
    parts.problem.hidden = problem === null;
    setText(
      parts.problem,
      problem === null ? '' : `Cannot be read at the moment; below is what was. ${problem}`,
    );
    if (data === null) return;
    update(data);
    bound();
    parts.empty.hidden = empty === '' || data.length > 0;
    body.hidden = data.length === 0;
    parts.note.hidden = note === '';
    setText(parts.note, note);
  };
}

/** @param {string[]} columns */
function head(columns) {
  return el('thead', {}, el('tr', {}, ...columns.map((name) => el('th', { scope: 'col' }, name))));
}
