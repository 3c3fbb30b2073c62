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

/** Words that say nothing of what is looked for. */
const SMALL_WORDS = new Set(
  'a an and are as at be by can do does for from how i if in is it me my of on or that the this to was what when where which who why will with you'.split(
    ' ',
  ),
);

/** What somebody writes into the box, without the small words unless there are no others. */
export function wantedWords(text: string): string {
  const words = wantedTermsOf(text);
  const telling = words.filter((word) => !SMALL_WORDS.has(word));
  return (telling.length > 0 ? telling : words).join(' ');
}
