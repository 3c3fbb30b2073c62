/** What the contract says of one parameter of a query. All of them are single values. */
export type QueryParameter = { name: string; isWholeNumber: boolean };

/** One thing that is wrong with a parameter: its name as it was sent, and the rule that it breaks. */
export type QueryProblem = { name: string; rule: 'unknown' | 'repeated' | 'empty' | 'digits' };

/** Digits alone, and no more of them than the largest whole number that JavaScript keeps exactly. */
const WHOLE = /^-?\d{1,16}$/;

/**
 * Everything that is wrong with a query beside its values' own rules: the validator stops at the first such parameter, and
 * reads numbers as JavaScript does, which takes `0x2`, `1e1` and ` 2 ` for numbers, and makes `1e400` infinite.
 */
export function problemsOfQuery(
  parameters: ReadonlyMap<string, QueryParameter>,
  query: Readonly<Record<string, unknown>>,
): QueryProblem[] {
  return Object.entries(query).flatMap(([name, value]): QueryProblem[] => {
    const parameter = parameters.get(name);
    if (parameter === undefined) return [{ name, rule: 'unknown' }];
    if (typeof value !== 'string') return [{ name, rule: 'repeated' }];
    if (value === '') return [{ name, rule: 'empty' }];
    return parameter.isWholeNumber && !WHOLE.test(value) ? [{ name, rule: 'digits' }] : [];
  });
}
