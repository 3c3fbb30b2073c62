import type { Operation } from '../contract.js';
import type { TrialField } from '../trial.js';
import { element, worded } from './dom.js';

/** One field of the form. */
export type Input = {
  view: HTMLElement;
  text: () => string;
  file: () => File | undefined;
  /** Shows what the server found wrong with it; undefined takes that away. */
  complain: (problem: string | undefined) => void;
};

/** A control of the kind that the field asks for. Required ones begin with the example of the contract. */
export function createInput(field: TrialField): Input {
  const { name, place, required, type, description } = field;
  const id = `${place}-${name}`;
  const control = controlFor(field, id);
  const problem = element('span', { class: 'problem', id: `${id}-problem` });
  control.setAttribute('aria-describedby', `${id}-hint ${id}-problem`);
  const label = element(
    'label',
    { for: id },
    element('code', {}, name),
    ' ',
    element('span', { class: 'field-type' }, required ? `${type} · required` : type),
  );
  const isKey = name === 'Idempotency-Key' && control instanceof HTMLInputElement;
  const row = element('div', { class: 'row' }, control, isKey && newKeyButton(control));
  const hint = element('span', { class: 'hint', id: `${id}-hint` }, ...worded(description));
  return {
    view: element('div', { class: 'input' }, label, row, problem, hint),
    text: () => (control instanceof HTMLInputElement && control.type === 'file' ? '' : control.value),
    file: () => (control instanceof HTMLInputElement ? control.files?.[0] : undefined),
    complain: (what) => {
      problem.textContent = what ?? '';
      control.setAttribute('aria-invalid', String(what !== undefined));
    },
  };
}

function controlFor(
  { name, type, values, isFile, required, example }: TrialField,
  id: string,
): HTMLInputElement | HTMLSelectElement {
  if (isFile) return element('input', { type: 'file', id });
  if (values.length > 0) {
    const options = values.map((value) =>
      element('option', { value, selected: required && value === example }, value),
    );
    return element('select', { id }, !required && element('option', { value: '' }, '—'), ...options);
  }
  const value = name === 'Idempotency-Key' ? freshKey() : required ? example : '';
  return element('input', {
    id,
    type: 'text',
    value,
    placeholder: example,
    autocomplete: 'off',
    spellcheck: 'false',
    ...(type === 'integer' && { inputmode: 'numeric' }),
  });
}

function newKeyButton(control: HTMLInputElement): HTMLElement {
  const button = element('button', { type: 'button' }, 'New key');
  button.addEventListener('click', () => (control.value = freshKey()));
  return button;
}

/** 128 bits of chance. Unlike `randomUUID` this is there also on a page without TLS. */
function freshKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}

export type BodyInput = {
  view: HTMLElement;
  /** The text to send; undefined where no body is wanted. */
  text: () => string | undefined;
};

/** A JSON body, filled with an example of the contract. Whether it is right JSON is said, and it can be sent all the same. */
export function createBodyInput({ examples, required }: NonNullable<Operation['body']>): BodyInput {
  const area = element('textarea', {
    id: 'body',
    spellcheck: 'false',
    rows: '12',
    'aria-describedby': 'body-note',
  });
  const note = element('p', { class: 'problem', id: 'body-note', role: 'status' });
  const choice = element(
    'select',
    { id: 'body-example' },
    ...examples.map(({ summary }, at) => element('option', { value: String(at) }, summary)),
    !required && element('option', { value: 'none' }, 'No body'),
  );
  const check = (): void => {
    note.textContent = area.hidden || isJson(area.value) ? '' : 'This is not JSON (yet).';
  };
  const fill = (): void => {
    area.hidden = choice.value === 'none';
    const example = examples[Number(choice.value)];
    if (example !== undefined) area.value = JSON.stringify(example.value, null, 2);
    area.rows = Math.min(24, Math.max(4, area.value.split('\n').length + 1));
    check();
  };
  choice.addEventListener('change', fill);
  area.addEventListener('input', check);
  fill();
  const view = element(
    'fieldset',
    {},
    element('legend', {}, 'Body'),
    element('div', { class: 'input' }, element('label', { for: 'body-example' }, 'Begin with'), choice),
    element('label', { for: 'body', class: 'unseen' }, 'Body as JSON'),
    area,
    note,
  );
  return { view, text: () => (area.hidden ? undefined : area.value) };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
