import type { FieldError } from '../../../generated/openapi.js';
import { Refused } from './api.js';
import { wait } from './wait.js';

export type Child = Node | string | false | undefined;
export type Attributes = Record<string, string | number | boolean | ((event: Event) => void) | undefined>;

/** An element. A function listens (`onclick`); everything else is an attribute. Texts stay texts: nothing is read as HTML. */
export function el<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.replace(/^on/, ''), value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value !== undefined) element.setAttribute(name, String(value));
  }
  element.append(...children.filter((child) => child !== false && child !== undefined));
  return element;
}

/**
 * Draws a part of the page anew. Who was at an element with an id is at the new one of this id; where there is none any
 * more, at the beginning of the page.
 */
export function redraw(part: HTMLElement, children: readonly Node[]): void {
  const focused = part.contains(document.activeElement) ? document.activeElement?.id : undefined;
  part.replaceChildren(...children);
  if (focused === undefined) return;
  (document.getElementById(focused) ?? document.getElementById('page'))?.focus({ preventScroll: true });
}

const NEWS_MS = 8_000;
let fading: ReturnType<typeof setTimeout> | undefined;

/** Tells something in passing, to those who see and to those who listen. Nothing is told here that cannot be found elsewhere. */
export function announce(words: string): void {
  const news = document.querySelector('#news');
  clearTimeout(fading);
  news?.replaceChildren(words);
  fading = setTimeout(() => news?.replaceChildren(), NEWS_MS);
}

/** A button that does one thing at a time, and tells beside it what went wrong. */
export function action(label: string, run: () => Promise<void>, attributes: Attributes = {}): HTMLElement {
  const trouble = el('span', { class: 'trouble', role: 'alert' });
  const button = el(
    'button',
    { type: 'button', ...attributes, onclick: () => void guarded(button, trouble, run) },
    label,
  );
  return el('span', { class: 'action' }, button, trouble);
}

export type Field = {
  name: string;
  label: string;
  /** What has to be known before it is filled in. */
  hint?: string;
  /** Attributes of the input. */
  input?: Attributes;
  /** Where one of these is chosen: the value, and what people read. */
  choices?: readonly (readonly [value: string, label: string])[];
};

/** A form that hands over its values, and tells under a field what the server has against it. */
export function form(
  fields: readonly Field[],
  submit: string,
  run: (values: Record<string, string>) => Promise<void>,
): HTMLFormElement {
  const trouble = el('p', { class: 'trouble', role: 'alert' });
  const button = el('button', { class: 'primary' }, submit);
  const rows = fields.map((field) => ({ ...field, box: fieldBox(field) }));
  const clear = (): void => rows.forEach(({ box }) => box.complain(''));
  const onsubmit = (event: Event): void => {
    event.preventDefault();
    clear();
    const values = Object.fromEntries(rows.map(({ name, box }) => [name, valueOf(box.input)]));
    const attempt = guarded(button, trouble, () => run(values));
    void attempt.then((error) => {
      if (!(error instanceof Refused)) return;
      const { errors = [] } = error.body;
      const of = (name: string): string[] =>
        errors.filter((one) => fieldOf(one) === name).map(({ message }) => message);
      const wrong = rows.filter(({ name, label, box }) => box.complain(sentences(label, of(name))));
      wrong[0]?.box.input.focus();
      const isToldThere = errors.every((one) => wrong.some(({ name }) => name === fieldOf(one)));
      if (isToldThere && wrong.length > 0) trouble.textContent = '';
    });
  };
  return el(
    'form',
    { onsubmit },
    ...rows.map(({ box }) => el('label', {}, box.caption, box.hint, box.input, box.told)),
    trouble,
    button,
  );
}

function fieldBox({ name, label, hint, input: attributes = {}, choices }: Field) {
  const caption = el('span', { id: `${name}-label` }, label);
  const told = el('span', { class: 'trouble', id: `${name}-trouble` });
  const hinted = hint === undefined ? undefined : el('span', { class: 'faint', id: `${name}-hint` }, hint);
  const describedBy = [hinted, told].flatMap((one) => one?.id ?? []).join(' ');
  const all = { name, required: true, 'aria-describedby': describedBy, ...attributes };
  const input =
    choices === undefined ? el('input', all) : choiceOf(choices, { 'aria-labelledby': caption.id, ...all });
  const complain = (words: string): boolean => {
    told.textContent = words;
    input.setAttribute('aria-invalid', String(words !== ''));
    return words !== '';
  };
  return { caption, hint: hinted, input, told, complain };
}

/**
 * A list to choose from; `value` is chosen at first. Who types in it goes to the name that begins so. Its label would take all
 * that it holds for its name, so it is named (`aria-labelledby`).
 */
function choiceOf(choices: Required<Field>['choices'], { value: chosen, ...attributes }: Attributes) {
  const options = choices.map(([value, label]) => el('option', { value, selected: value === chosen }, label));
  return el('select', attributes, ...options);
}

/** Blanks around a password belong to it. */
function valueOf({ type, value }: HTMLInputElement | HTMLSelectElement): string {
  return type === 'password' ? value : value.trim();
}

/** Of `/body/shippingAddress/city`, the last part is the field's name. */
const fieldOf = ({ path }: FieldError): string => path.split('/').at(-1) ?? '';

/** `must have at least 8 characters` goes on from the name of the field; other reasons are sentences by themselves. */
function sentences(field: string, reasons: readonly string[]): string {
  return reasons.map((reason) => (/^\p{Ll}/u.test(reason) ? `${field} ${reason}.` : reason)).join(' ');
}

/**
 * Runs it with the button out of use; answers what it threw. Where the server names a time, the button waits for it. It is
 * not `disabled`: whoever pressed it by key would lose their place on the page.
 */
async function guarded(
  button: HTMLButtonElement,
  trouble: HTMLElement,
  run: () => Promise<void>,
): Promise<unknown> {
  if (button.ariaDisabled === 'true') return undefined;
  button.ariaDisabled = 'true';
  trouble.textContent = '';
  try {
    await run();
    return undefined;
  } catch (error) {
    trouble.textContent = wordsFor(error);
    if (error instanceof Refused && error.status === 429) await pause(error, trouble);
    return error;
  } finally {
    button.ariaDisabled = null;
  }
}

async function pause(error: Refused, trouble: HTMLElement): Promise<void> {
  for (let left = error.retryAfterSeconds ?? 0; left > 0 && trouble.isConnected; left -= 1) {
    trouble.textContent = `${error.message} (${left} s)`;
    await wait(1_000);
  }
  trouble.textContent = '';
}

/** What to tell a customer: of a request that is not valid, what is wrong with it. What is nobody's refusal is a mistake of this shop, and belongs in the console too. */
export function wordsFor(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof TypeError) console.error(error);
  const reasons = error instanceof Refused ? (error.body.errors ?? []) : [];
  const told = reasons.map((one) => sentences(fieldOf(one), [one.message])).join(' ');
  return told === '' ? error.message : told;
}
