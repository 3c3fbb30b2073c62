import { sha256 } from '../ids.js';

/** The strong validator of a text. */
export function etagOf(text: string): string {
  return `"${sha256(text).slice(0, 32)}"`;
}

/** Whether one of the validators that `If-None-Match` lists is this one. */
export function matchesEtag(header: string | undefined, etag: string): boolean {
  const listed = (header ?? '').split(',').map((one) => one.trim().replace(/^W\//, ''));
  return listed.includes(etag) || listed.includes('*');
}
