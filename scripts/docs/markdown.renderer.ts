import { Renderer, type Tokens } from 'marked';
import { codeBlock } from './code.js';
import { escaped, plainText, trusted, type Html } from './html.js';

export type Heading = { id: string; depth: number; text: string };

/** What the renderer asks of the page that a text is for. Both throw, naming the source of the text. */
export type Surroundings = {
  /** The address that a link leads to. */
  address: (href: string) => string;
  /** What stands for a line `<!-- name -->`. */
  directive: (name: string) => Html;
  /** The address of what a piece of code names by itself. */
  named: (code: string) => string | undefined;
  complaint: (what: string) => Error;
  /** How much deeper headings stand on the page than in the text. */
  deeper: number;
};

/** Writes Markdown as the pages have it. Keeps the headings that it has written. */
export class PageRenderer extends Renderer {
  readonly headings: Heading[] = [];
  private readonly ids = new Set<string>();
  private insideLink = false;

  constructor(private readonly around: Surroundings) {
    super();
  }

  override html({ text }: Tokens.HTML | Tokens.Tag): string {
    const name = /^<!--\s*([a-z-]+)\s*-->\s*$/.exec(text)?.[1];
    return name === undefined ? escaped(text) : this.around.directive(name).text;
  }

  override heading({ tokens, depth }: Tokens.Heading): string {
    const inner = this.parser.parseInline(tokens);
    const text = plainText(trusted(inner));
    const id = this.freeId(slugOf(text));
    const level = Math.min(6, depth + this.around.deeper);
    this.headings.push({ id, depth: level, text });
    return `<h${level} id="${id}">${inner} <a class="anchor" href="#${id}" aria-label="Link to this section">#</a></h${level}>\n`;
  }

  override link({ href, tokens }: Tokens.Link): string {
    this.insideLink = true;
    const inner = this.parser.parseInline(tokens);
    this.insideLink = false;
    return `<a href="${escaped(this.around.address(href))}">${inner}</a>`;
  }

  override image({ href }: Tokens.Image): string {
    throw this.around.complaint(`pictures are not part of the documentation (${href})`);
  }

  override codespan({ text }: Tokens.Codespan): string {
    const target = this.insideLink ? undefined : this.around.named(text);
    const shown = `<code>${escaped(text)}</code>`;
    return target === undefined ? shown : `<a class="named" href="${escaped(target)}">${shown}</a>`;
  }

  override code({ text, lang = '' }: Tokens.Code): string {
    return codeBlock(text, lang).text;
  }

  /** A wide table scrolls by itself, also for who has a keyboard only. */
  override table(token: Tokens.Table): string {
    return `<div class="wide" role="region" aria-label="Table" tabindex="0">${super.table(token)}</div>`;
  }

  private freeId(wanted: string): string {
    let id = wanted;
    for (let at = 2; this.ids.has(id); at += 1) id = `${wanted}-${at}`;
    this.ids.add(id);
    return id;
  }
}

/** The id of a heading: its words in small letters with hyphens between them, without apostrophes and accents. */
export function slugOf(text: string): string {
  const slug = text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/['’\u0300-\u036f]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return slug === '' ? 'section' : slug;
}
