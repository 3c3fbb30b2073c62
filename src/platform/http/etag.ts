/** Whether one of the validators that `If-None-Match` lists is this one. */
export function matchesEtag(header: string | undefined, etag: string): boolean {
  const listed = (header ?? '').split(',').map((one) => one.trim().replace(/^W\//, ''));
  return listed.includes(etag) || listed.includes('*');
}
