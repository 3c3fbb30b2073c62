import type { Links } from './addresses.js';
import type { Html } from './html.js';
import { inlineMarkdown, markdown } from './markdown.js';

/** The contract's own texts as HTML. Equal texts are made once. */
export type Texts = {
  /** Throws, naming `source`, on a link that leads nowhere. */
  block: (text: string, source: string, deeper?: number) => Html;
  inline: (text: string, source: string) => Html;
};

export function createTexts(links: Links): Texts {
  const made = new Map<string, Html>();
  const once = (key: string, make: () => Html): Html => {
    const found = made.get(key) ?? make();
    made.set(key, found);
    return found;
  };
  return {
    block: (text, source, deeper = 0) =>
      once(`${deeper} ${text}`, () => markdown(text, { links, source, deeper }).html),
    inline: (text, source) => once(`i ${text}`, () => inlineMarkdown(text, { links, source })),
  };
}
