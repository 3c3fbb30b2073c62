/* What can be made to fail, and for how long. */
import { el, setReason, setText } from './dom.js';
import { duration } from './words.js';

/** @import * as Told from '../console.types.js' */

const SECONDS = [2, 5, 15, 60];

/** @param {{ bind: import('./sections.js').Bind, realNow: () => number }} page */
export const troubleRow =
  ({ bind, realNow }) =>
  (/** @type {Told.TroubleLine} */ { service, name, modes }) => {
    const mode = /** @type {HTMLSelectElement} */ (
      el(
        'select',
        { 'aria-label': `How ${name} fails` },
        ...modes.map(({ mode: value, label }) => el('option', { value }, label)),
      )
    );
    const seconds = /** @type {HTMLSelectElement} */ (
      el(
        'select',
        { 'aria-label': `For how long ${name} fails` },
        ...SECONDS.map((value) => el('option', { value: String(value) }, `${value} s`)),
      )
    );
    seconds.value = '5';
    const begin = el('button', { type: 'button', 'aria-label': `Make ${name} fail` }, 'Fail');
    bind(begin, 'trouble', () => ({ service, mode: mode.value, seconds: Number(seconds.value) }));
    const end = el('button', { type: 'button', 'aria-label': `End the trouble of ${name}` }, 'End');
    bind(end, 'endTrouble', () => ({ service }));
    const state = el('p', { class: 'quiet' });
    return {
      node: el(
        'li',
        { class: 'trouble', 'data-service': service },
        el('h3', {}, name),
        state,
        el('div', { class: 'inline' }, mode, seconds, begin, end),
      ),
      /** @param {Told.TroubleLine} line */
      update({ cannot, now }) {
        const left = now?.until === undefined || now.until === null ? undefined : now.until - realNow();
        const rest =
          left === undefined
            ? 'until it is ended'
            : left > 0
              ? `for ${duration(left)}`
              : 'and is coming back';
        setText(state, cannot ?? (now === null ? 'is well' : `${now.label}, ${rest}`));
        state.classList.toggle('bad', now !== null);
        setReason(begin, cannot ?? (now === null ? null : `${name} is in trouble already.`));
        setReason(end, cannot ?? (now === null ? `Nothing is the matter with ${name}.` : null));
        mode.disabled = seconds.disabled = cannot !== null;
      },
    };
  };
