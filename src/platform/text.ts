/**
 * A text without the plain spaces around it. Other blanks stay: the contract promises a character beside plain spaces,
 * so what was not blank does not become empty here.
 */
export function withoutOuterSpaces(text: string): string {
  return text.replace(/^ +| +$/g, '');
}
