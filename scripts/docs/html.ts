/** A piece of HTML that is safe to write as it is. Only this file makes them. */
export class Html {
  constructor(readonly text: string) {}
  toString(): string {
    return this.text;
  }
}

/** What may stand in a template. Texts are escaped; false and undefined are nothing; lists are their parts, one after the other. */
export type Content = Html | string | number | false | undefined | readonly Content[];

/** HTML from a template. Whatever is put into it is escaped, as text and inside quoted attributes, unless it is Html already. */
export function html(parts: TemplateStringsArray, ...values: Content[]): Html {
  const text = parts.map((part, at) => part + (at < values.length ? written(values[at]) : '')).join('');
  return new Html(text);
}

/** Takes a text for HTML as it stands. For what other makers of HTML have escaped already. */
export function trusted(text: string): Html {
  return new Html(text);
}

function written(value: Content): string {
  if (value === undefined || value === false) return '';
  if (value instanceof Html) return value.text;
  if (typeof value === 'string') return escaped(value);
  if (typeof value === 'number') return String(value);
  return value.map(written).join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (one) => ENTITIES[one] ?? one);
}

/** The words of a piece of HTML, without its tags, for the search. */
export function plainText({ text }: Html): string {
  const words = text.replace(/<[^>]*>/g, ' ');
  const read = Object.entries(ENTITIES).reduce((done, [one, entity]) => done.replaceAll(entity, one), words);
  return read.replace(/\s+/g, ' ').trim();
}
