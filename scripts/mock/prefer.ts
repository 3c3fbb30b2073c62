/** What the header `Prefer` asks of the mock. */
export type Preference = {
  /** As it was written; undefined: whatever means success. */
  code?: string;
  /** The name of an example of the contract. */
  example?: string;
};

/**
 * Reads `Prefer: code=409, example=cartFull`, with commas or semicolons and quotes as RFC 7240 has them. Preferences of other
 * names are ignored, as that standard asks.
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
  // The first of several of one name counts.
  const { code, example } = Object.fromEntries(pairs.reverse());
  return { ...(code !== undefined && { code }), ...(example !== undefined && { example }) };
}

/** The preference as an answer confirms it. */
export function preferenceApplied({ code, example }: Preference): string {
  return [code === undefined ? [] : `code=${code}`, example === undefined ? [] : `example=${example}`]
    .flat()
    .join(', ');
}
