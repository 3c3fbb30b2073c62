/*
 * How texts become the words of the search. The build and the browser use the same rules, otherwise nothing would be found.
 */

const SEPARATORS = /[^\p{L}\p{N}]+/u;

/** The words of a text in small letters; a name such as `placeOrder` also counts by its parts. */
export function termsOf(text: string): string[] {
  return text.split(SEPARATORS).flatMap((word) => {
    const parts = word.replace(/([a-z0-9])([A-Z])/g, '$1 $2').split(' ');
    const all = parts.length > 1 ? [word, ...parts] : [word];
    return all.filter((one) => one !== '').map((one) => one.toLowerCase());
  });
}

/** The words of what somebody is looking for: as they are written. */
export function wantedTermsOf(text: string): string[] {
  return text
    .split(SEPARATORS)
    .filter((one) => one !== '')
    .map((one) => one.toLowerCase());
}

/** What the index is made with, and read with. */
export const INDEX_OPTIONS = {
  fields: ['title', 'name', 'text'],
  storeFields: ['title', 'name', 'kind', 'hint', 'url'],
};
