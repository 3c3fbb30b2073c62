import MiniSearch from 'minisearch';
import { INDEX_OPTIONS, wantedTermsOf } from '../terms.js';

export type Found = { title: string; name: string; kind: string; hint: string; url: string };
/** The best results for some words, best first. */
export type Find = (words: string) => Found[];

const INDEX = '/docs/search-index.js';
const MOST_RESULTS = 12;

/** Reads the index. Rejects where it cannot be loaded. */
export async function loadSearch(): Promise<Find> {
  const { index } = (await import(INDEX)) as { index: string };
  const search = MiniSearch.loadJSON<Found>(index, { ...INDEX_OPTIONS, processTerm: (term) => term });
  return (words) => {
    const results = search.search(words, {
      tokenize: wantedTermsOf,
      combineWith: 'AND',
      prefix: true,
      fuzzy: (term) => (term.length > 4 ? 0.2 : false),
      boost: { title: 4, name: 6, text: 1 },
    });
    const found = results.map(({ title, name, kind, hint, url }): Found => ({
      title: String(title),
      name: String(name),
      kind: String(kind),
      hint: String(hint),
      url: String(url),
    }));
    // Who writes a name wants the thing of this name.
    const isExact = ({ name, title }: Found): boolean =>
      [name, title].some((one) => one.toLowerCase() === words.toLowerCase());
    return [...found.filter(isExact), ...found.filter((one) => !isExact(one))].slice(0, MOST_RESULTS);
  };
}
