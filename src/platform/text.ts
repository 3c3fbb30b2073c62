/**
 * A text without the plain spaces around it. Other blanks stay: the contract promises a character beside plain spaces,
 * so what was not blank does not become empty here.
 */
export function withoutOuterSpaces(text: string): string {
  return text.replace(/^ +| +$/g, '');
}

const KEPT_OF_FAILURE = 500;

/** Why something failed, as rows keep it for people: its first 500 characters. */
export function keptOfFailure(words: string): string {
  return words.slice(0, KEPT_OF_FAILURE);
}
