import { Marked } from 'marked';
import { messageOf } from '../../src/platform/errors.js';
import type { Links } from './addresses.js';
import { plainText, trusted, type Html } from './html.js';
import { PageRenderer, type Heading } from './markdown.renderer.js';

export type { Heading };
/** What stands between two headings; the first section of a text has no heading. */
export type Section = { heading: Heading | undefined; text: string };
export type Rendered = { html: Html; headings: Heading[]; sections: Section[] };

type Options = {
  links: Links;
  /** Where the text comes from, for complaints. */
  source: string;
  /** What a line `<!-- name -->` is replaced by. */
  directives?: Readonly<Record<string, Html>>;
  /** How much deeper headings stand on the page than in the text. */
  deeper?: number;
};

/**
 * Makes HTML of Markdown. HTML inside it is shown, not obeyed. Links may be `operation:id`, `schema:Name`, `error:code`, `./guide.md`,
 * `#heading`, an address of this server or one of the web; throws, naming the source, on one that leads nowhere and on an unknown
 * directive. Code that names an operation or an error code becomes a link to it.
 */
export function markdown(text: string, { links, source, directives = {}, deeper = 0 }: Options): Rendered {
  const complaint = (what: string): Error => new Error(`${source}: ${what}`);
  const renderer = new PageRenderer({
    complaint,
    deeper,
    named: links.named,
    address: (href) => {
      try {
        return targetOf(href, links);
      } catch (error) {
        throw complaint(messageOf(error));
      }
    },
    directive: (name) => {
      const content = directives[name];
      if (content === undefined) throw complaint(`there is no directive ${name}`);
      return content;
    },
  });
  const marked = new Marked({ gfm: true });
  marked.setOptions({ renderer });

  const sections: Section[] = [];
  let whole = '';
  for (const token of marked.lexer(text)) {
    const part = marked.parser([token]);
    whole += part;
    if (token.type === 'heading') sections.push({ heading: renderer.headings.at(-1), text: '' });
    else addWords(sections, plainText(trusted(part)));
  }
  return { html: trusted(whole), headings: renderer.headings, sections };
}

/** A short text: its Markdown without a paragraph around it, where it is one. */
export function inlineMarkdown(text: string, options: Pick<Options, 'links' | 'source'>): Html {
  const whole = markdown(text, options).html.text.trim();
  const [, only] = /^<p>((?:(?!<p>)[\s\S])*)<\/p>$/.exec(whole) ?? [];
  return trusted(only ?? whole);
}

function addWords(sections: Section[], words: string): void {
  const last = sections.pop() ?? { heading: undefined, text: '' };
  sections.push({ heading: last.heading, text: `${last.text} ${words}`.trim() });
}

function targetOf(href: string, links: Links): string {
  const [, scheme = '', name = ''] = /^(operation|schema|error):(.+)$/.exec(href) ?? [];
  if (scheme === 'operation') return links.operation(name);
  if (scheme === 'schema') return links.schema(name);
  if (scheme === 'error') return links.error(name);
  const [, slug, anchor = ''] = /^\.\/([^/#]+)\.md(#.*)?$/.exec(href) ?? [];
  if (slug !== undefined) return `${links.guide(slug)}${anchor}`;
  if (/^(https?:\/\/|mailto:|\/|#)/.test(href)) return href;
  throw new Error(`the link ${href} leads nowhere`);
}
