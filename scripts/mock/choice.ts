import { statusOf, invalid } from '../../src/platform/errors.js';
import type { ErrorCode } from '../../src/platform/errors.js';
import type { ContractAnswer } from '../contract/operations.js';
import { isObject, type Json } from '../generate/json.js';
import type { Preference } from './prefer.js';

/** A documented answer with one of its examples; `value` is undefined where it has no body. */
export type Chosen = { status: number; answer: ContractAnswer; value: Json | undefined };

/** An error in the contract's one shape. */
export type ShownError = { success: false; code: ErrorCode; message: string } & Record<string, Json>;

export function isShownError(value: Json | undefined): value is ShownError {
  return (
    isObject(value) && value.success === false && typeof value.code === 'string' && value.code in statusOf
  );
}

type Option = Chosen & { name: string | undefined };

/**
 * The answer that is preferred: the first success and its first example where nothing is. Statuses that only the `default`
 * answer documents are found by the codes of its examples. Throws `validation_failed`, which lists what there is, where the
 * operation documents no such answer.
 */
export function choose(answers: readonly ContractAnswer[], { code, example }: Preference): Chosen {
  const options = answers.flatMap(optionsOf);
  const ofCode =
    code === undefined
      ? [...options.filter(({ status }) => status < 400), ...options.filter(({ status }) => status >= 400)]
      : options.filter(({ status }) => String(status) === code);
  if (ofCode.length === 0) throw unknown('code', [...new Set(options.map(({ status }) => String(status)))]);
  const found = example === undefined ? ofCode[0] : ofCode.find(({ name }) => name === example);
  if (found === undefined)
    throw unknown(
      'example',
      ofCode.flatMap(({ name }) => name ?? []),
    );
  return found;
}

function optionsOf(answer: ContractAnswer): Option[] {
  const shown = [...answer.examples].map(([name, value]) => ({ name, value }));
  const { status } = answer;
  if (status !== 'default') {
    const options: Pick<Option, 'name' | 'value'>[] =
      shown.length > 0 ? shown : [{ name: undefined, value: undefined }];
    return options.map((option) => ({ ...option, status, answer }));
  }
  return shown.flatMap(({ name, value }) =>
    isShownError(value) ? { name, value, answer, status: statusOf[value.code] } : [],
  );
}

function unknown(what: 'code' | 'example', known: string[]) {
  const message = `asks for ${what === 'code' ? 'a code' : 'an example'} that the contract does not have here; it has ${known.join(', ')}`;
  return invalid([{ path: '/headers/prefer', code: what, message }]);
}
