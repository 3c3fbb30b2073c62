import MiniSearch from 'minisearch';
import { INDEX_OPTIONS, wantedTermsOf, wantedWords } from './terms.js';

export type Found = { title: string; name: string; kind: string; hint: string; url: string };
/** The best results for some words, best first. */
export type Find = (words: string) => Found[];

const MOST_RESULTS = 12;

/** Who looks for a word rather wants to know what to do with it than how its type is made. */
const WEIGHTS: Readonly<Record<string, number>> = { guide: 2, operation: 1.6, error: 1, schema: 0.3 };

/** Searches an index that the build has made. All words must be there; where nothing has them all, some of them. */
export function createFind(index: string): Find {
  const search = MiniSearch.loadJSON<Found>(index, { ...INDEX_OPTIONS, processTerm: (term) => term });
  const look = (words: string, combineWith: 'AND' | 'OR'): Found[] => {
    const results = search.search(wantedWords(words), {
      tokenize: wantedTermsOf,
      combineWith,
      prefix: true,
      fuzzy: (term) => (term.length > 4 ? 0.2 : false),
      boost: { title: 4, name: 6, text: 1 },
      boostDocument: (_id, _term, entry) => WEIGHTS[String(entry?.['kind'])] ?? 1,
    });
    return results.map(({ title, name, kind, hint, url }) => ({
      title: String(title),
      name: String(name),
      kind: String(kind),
      hint: String(hint),
      url: String(url),
    }));
  };
  return (words) => {
    const all = look(words, 'AND');
    const found = all.length > 0 ? all : look(words, 'OR');
    // Who writes a name wants the thing of this name.
    const isExact = ({ name, title }: Found): boolean =>
      [name, title].some((one) => one.toLowerCase() === words.trim().toLowerCase());
    return [...found.filter(isExact), ...found.filter((one) => !isExact(one))].slice(0, MOST_RESULTS);
  };
}
