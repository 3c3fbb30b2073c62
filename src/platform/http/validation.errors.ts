import { error as validatorErrors } from 'express-openapi-validator';
import { AppError, invalid, type FieldError } from '../errors.js';
import type { QueryProblem } from './query.js';
import { rankOf, wordsFor, type PatternWords } from './validation.words.js';

/** As many problems as the contract lists at most. */
const PROBLEMS = 100;
/** A field's name is the caller's text; so much of it is told back. */
const TEXT = 200;

type Problem = { path: string; rule: string; message: string };

/**
 * What a request is refused for, in the words of the contract: where, which rule, how; each place once. `error` is the
 * validator's, if it had one; `patterns` says what the contract's patterns mean. Names of fields are told back, values
 * never. Undefined where nothing is wrong with the request: for no problem at all, and for any other error, an invalid
 * *answer* of ours among them.
 */
export function refusalOf(
  query: readonly QueryProblem[],
  error: unknown,
  patterns: PatternWords,
): AppError | undefined {
  if (error instanceof validatorErrors.UnsupportedMediaType) {
    return new AppError(
      'unsupported_media_type',
      'The body must be of a media type that the contract names.',
    );
  }
  if (error instanceof validatorErrors.NotFound)
    return new AppError('not_found', 'There is nothing at this address.');
  if (error !== undefined && !(error instanceof validatorErrors.BadRequest)) return undefined;
  const problems = [...query.map(problemOfQuery), ...(error?.errors ?? []).map(problemOf)];
  if (problems.length === 0) return undefined;
  const told = oneForEachPlace(problems).slice(0, PROBLEMS);
  return invalid(told.map((problem) => fieldErrorOf(problem, patterns)));
}

/** A place may break several rules at once. The one that says most about what to send is told. */
function oneForEachPlace(problems: readonly Problem[]): Problem[] {
  const told = new Map<string, Problem>();
  for (const problem of problems) {
    const other = told.get(problem.path);
    if (other === undefined || rankOf(problem.rule) < rankOf(other.rule)) told.set(problem.path, problem);
  }
  return [...told.values()];
}

function fieldErrorOf({ path, rule, message }: Problem, patterns: PatternWords): FieldError {
  const words = wordsFor(rule, message, patterns);
  return { path: shortened(path), code: codeOf(rule), message: shortened(words) };
}

/** That a number is not in digits is told as its type, which it is to whoever reads the contract. */
function codeOf(rule: string): string {
  return rule === 'digits' ? 'type' : rule;
}

function problemOfQuery({ name, rule }: QueryProblem): Problem {
  return { path: `/query/${name}`, rule, message: '' };
}

/** `maxLength.openapi.validation` is the rule `maxLength`; for the type of times the validator has a name of its own. */
function problemOf(of: { path: string; message: string; errorCode?: string | undefined }): Problem {
  return {
    path: of.path.replace(/^\/params(?=\/|$)/, '/path'),
    rule: (of.errorCode ?? 'malformed').replace(/\.openapi\.validation$/, '').replace(/^x-eov-type$/, 'type'),
    message: of.message,
  };
}

function shortened(text: string): string {
  return text.length <= TEXT ? text : `${text.slice(0, TEXT)}…`;
}
