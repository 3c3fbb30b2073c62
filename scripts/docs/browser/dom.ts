import { partsOf } from '../trial.js';

type Attributes = Readonly<Record<string, string | boolean>>;
type Child = Node | string | undefined | false;

/** An element with its attributes and what is in it. True is an attribute without a value, false is none. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false) continue;
    made.setAttribute(name, value === true ? '' : value);
  }
  made.append(...children.filter((child) => child !== undefined && child !== false));
  return made;
}

/** The nodes of a short text of the contract. */
export function worded(text: string): Child[] {
  return partsOf(text).map((part) => (part.isCode ? element('code', {}, part.text) : part.text));
}

/** A label with the control that it is for. */
export function labelled(label: string, control: HTMLElement, hint?: string): HTMLElement {
  const note =
    hint !== undefined && hint !== '' && element('span', { class: 'hint', id: `${control.id}-hint` }, hint);
  if (note !== false) control.setAttribute('aria-describedby', note.id);
  return element('div', { class: 'input' }, element('label', { for: control.id }, label), control, note);
}

/** Words of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
