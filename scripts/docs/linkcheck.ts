/**
 * Every link of the pages that leads nowhere, with the page that it stands on. `addresses` are those that the server answers beside
 * the pages. Links to other sites are not followed.
 */
export function brokenLinks(pages: ReadonlyMap<string, string>, addresses: ReadonlySet<string>): string[] {
  const ids = new Map(Array.from(pages, ([address, text]) => [address, idsOf(text)]));
  const broken: string[] = [];
  for (const [address, text] of pages) {
    for (const [, target = ''] of text.matchAll(/\s(?:href|src)="([^"]*)"/g)) {
      const problem = problemOf(target, address, ids, addresses);
      if (problem !== undefined) broken.push(`${address}: ${target} ${problem}`);
    }
  }
  return [...new Set(broken)];
}

function problemOf(
  target: string,
  from: string,
  ids: ReadonlyMap<string, ReadonlySet<string>>,
  addresses: ReadonlySet<string>,
): string | undefined {
  if (/^(https?:|mailto:)/.test(target)) return undefined;
  const [path = '', anchor] = target.split('#');
  const page = path === '' ? from : path;
  const here = ids.get(page);
  if (here === undefined) return addresses.has(page) ? undefined : 'leads nowhere';
  // The form of the trying page is made in the browser, for each operation of the contract.
  if (anchor === undefined || page === '/docs/try') return undefined;
  return here.has(anchor) ? undefined : `leads to no place on ${page}`;
}

function idsOf(text: string): Set<string> {
  return new Set(Array.from(text.matchAll(/\sid="([^"]*)"/g), ([, id = '']) => id));
}
