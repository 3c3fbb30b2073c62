import MiniSearch from 'minisearch';
import { addressOf } from './addresses.js';
import type { Contract } from './contract.js';
import type { ErrorText } from './errors.js';
import type { Guide } from './guides.js';
import { plainText } from './html.js';
import { titleOf } from './layout.js';
import type { Section } from './markdown.js';
import { INDEX_OPTIONS, termsOf } from './terms.js';
import type { Texts } from './texts.js';

export type Kind = 'guide' | 'operation' | 'schema' | 'error';
/** Something that can be found. */
export type Entry = {
  id: number;
  kind: Kind;
  title: string;
  name: string;
  hint: string;
  url: string;
  text: string;
};

type Sources = {
  contract: Contract;
  guides: readonly { guide: Pick<Guide, 'slug' | 'title' | 'summary'>; sections: readonly Section[] }[];
  errors: readonly ErrorText[];
  errorsPage: string;
  texts: Texts;
};

/** Everything that the search finds: sections of guides, operations, schemas, error codes. */
export function searchEntries({ contract, guides, errors, errorsPage, texts }: Sources): Entry[] {
  const entries: Omit<Entry, 'id'>[] = [];
  const words = (text: string, source: string): string => plainText(texts.block(text, source));
  for (const { guide, sections } of guides) {
    const page = addressOf.page(guide.slug);
    const about = { kind: 'guide', name: guide.slug } as const;
    entries.push({ ...about, title: guide.title, hint: guide.summary, url: page, text: guide.summary });
    for (const { heading, text } of sections) {
      if (heading === undefined)
        entries.push({ ...about, title: guide.title, hint: 'Guide', url: page, text });
      else
        entries.push({
          ...about,
          title: heading.text,
          hint: guide.title,
          url: `${page}#${heading.id}`,
          text,
        });
    }
  }
  for (const one of contract.operations) {
    const hint = `${one.method.toUpperCase()} ${one.path}`;
    const text = `${hint} ${titleOf(one.tag)} ${words(one.description, one.id)}`;
    entries.push({
      kind: 'operation',
      title: one.summary,
      name: one.id,
      hint,
      url: addressOf.operation(one),
      text,
    });
  }
  for (const { id, summary, description, name } of contract.webhooks) {
    const text = words(description, id);
    entries.push({
      kind: 'operation',
      title: summary,
      name: id,
      hint: `Webhook ${name}`,
      url: addressOf.webhook(id),
      text,
    });
  }
  for (const [name, schema] of contract.schemas) {
    const text = typeof schema.description === 'string' ? words(schema.description, name) : '';
    entries.push({ kind: 'schema', title: name, name, hint: 'Schema', url: addressOf.schema(name), text });
  }
  for (const { code, status, when } of errors) {
    const url = `${addressOf.page(errorsPage)}#${code}`;
    entries.push({ kind: 'error', title: code, name: code, hint: `Error ${status}`, url, text: when });
  }
  return entries.map((entry, id) => ({ id, ...entry }));
}

/** A module that gives the index as JSON: a browser reads that faster than the same as an object of the program. */
export function searchModule(entries: readonly Entry[]): string {
  const index = new MiniSearch<Entry>({ ...INDEX_OPTIONS, tokenize: termsOf, processTerm: (term) => term });
  index.addAll(entries);
  return `export const index = ${JSON.stringify(JSON.stringify(index))};\n`;
}
