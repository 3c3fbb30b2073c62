/** What the header `Prefer` asks of the mock. */
export type Preference = {
  /** As it was written; undefined: whatever means success. */
  code?: string;
  /** The name that it was asked for by. */
  codeAs?: 'code' | 'status';
  /** The name of an example of the contract. */
  example?: string;
  /** Preferences that are neither the mock's nor of any standard: their writer should be told that they change nothing. */
  unknown: string[];
};

/** Preferences that clients and libraries send to any server (RFC 7240, RFC 8144, RFC 9110 and their kin). */
const OF_OTHERS = new Set([
  ...['return', 'respond-async', 'wait', 'handling', 'depth-noroot', 'safe', 'timezone'],
  ...['odata.maxpagesize', 'odata.continue-on-error', 'odata.include-annotations', 'odata.track-changes'],
]);
const OURS = new Set(['code', 'status', 'example']);

/**
 * Reads `Prefer: code=409, example=cartFull`, with commas or semicolons and quotes as RFC 7240 has them; `status` is another
 * name for `code`. Preferences of other names are ignored, as that standard asks.
 */
export function parsePrefer(header: string | string[] | undefined): Preference {
  const parts = [header ?? []].flat().flatMap((line) => line.split(/[,;]/));
  const pairs = parts.map((part): [string, string] => {
    const [name = '', ...value] = part.split('=');
    return [
      name.trim().toLowerCase(),
      value
        .join('=')
        .trim()
        .replace(/^"(.*)"$/, '$1'),
    ];
  });
  const unknown = pairs.map(([name]) => name).filter((name) => !OURS.has(name) && !OF_OTHERS.has(name));
  // The first of several of one name counts.
  const { code, status, example } = Object.fromEntries(pairs.reverse());
  return {
    unknown: unknown.filter((name) => name !== ''),
    ...codeOf(code, status),
    ...(example !== undefined && { example }),
  };
}

/** Two that contradict each other are no code of any answer, so that this is told and not guessed. */
function codeOf(code: string | undefined, status: string | undefined): Pick<Preference, 'code' | 'codeAs'> {
  if (code !== undefined && status !== undefined && code !== status)
    return { code: `${code} and ${status}`, codeAs: 'code' };
  if (code !== undefined) return { code, codeAs: 'code' };
  return status === undefined ? {} : { code: status, codeAs: 'status' };
}

/** Whether a documented answer is asked for. */
export function isPreferred({ code, example }: Preference): boolean {
  return code !== undefined || example !== undefined;
}

/** The preference as an answer confirms it, in the words in which it was asked for. */
export function preferenceApplied({ code, codeAs = 'code', example }: Preference): string {
  return [code === undefined ? [] : `${codeAs}=${code}`, example === undefined ? [] : `example=${example}`]
    .flat()
    .join(', ');
}
