const markup = Symbol('markup');

/** Markup that is safe to send: only the `html` tag makes it. */
export type Html = { readonly [markup]: string };

type Insert = string | number | Html | readonly Html[];

/** Markup from a template. What is inserted is text and is escaped, unless it is markup that this tag made. */
export function html(parts: TemplateStringsArray, ...inserts: Insert[]): Html {
  return { [markup]: String.raw({ raw: parts }, ...inserts.map(escaped)) };
}

/** The markup as the text of a document. */
export function textOf(content: Html): string {
  return content[markup];
}

function escaped(insert: Insert): string {
  if (typeof insert === 'number') return String(insert);
  if (typeof insert === 'string')
    return insert.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
  return markup in insert ? insert[markup] : insert.map(textOf).join('');
}
