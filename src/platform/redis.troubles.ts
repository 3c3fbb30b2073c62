/** Why Redis does not do what the shop needs of it now, in classes. `no_answer`: it is away, or slow. */
export type RedisTrouble =
  | 'no_answer'
  | 'read_only'
  | 'not_saving'
  | 'out_of_memory'
  | 'too_few_replicas'
  | 'loading'
  | 'busy'
  | 'not_allowed';

/** What Redis itself says when it cannot work now: the first word of its error. */
const REFUSALS: ReadonlyMap<string, RedisTrouble> = new Map([
  ['READONLY', 'read_only'],
  ['MISCONF', 'not_saving'],
  ['OOM', 'out_of_memory'],
  ['NOREPLICAS', 'too_few_replicas'],
  ['LOADING', 'loading'],
  ['MASTERDOWN', 'loading'],
  ['CLUSTERDOWN', 'loading'],
  ['BUSY', 'busy'],
  ['NOPERM', 'not_allowed'],
  ['NOAUTH', 'not_allowed'],
  ['WRONGPASS', 'not_allowed'],
]);
/** How it says NOPERM of a command that stands in a script. */
const IN_SCRIPT = /^ERR ACL failure in script/;
const CONNECTION =
  /ECONN|ETIMEDOUT|EPIPE|EHOSTUNREACH|ENOTFOUND|Connection is closed|Command timed out|Stream isn't writeable|max retries/;

/** What an error of a Redis command says of Redis; undefined where the command itself was wrong. */
export function redisTroubleOf(error: unknown): RedisTrouble | undefined {
  if (!(error instanceof Error)) return undefined;
  const [, word = ''] = /^-?([A-Z]+)\b/.exec(error.message) ?? [];
  const refusal = IN_SCRIPT.test(error.message) ? 'not_allowed' : REFUSALS.get(word);
  if (refusal !== undefined) return refusal;
  const isAway = error.name === 'MaxRetriesPerRequestError' || CONNECTION.test(error.message);
  return isAway ? 'no_answer' : undefined;
}

/** Whether an error says that Redis is away, slow, loading its file or refuses what it is asked: the request may be repeated. */
export function isRedisTrouble(error: unknown): boolean {
  return redisTroubleOf(error) !== undefined;
}
