import { error as validatorErrors } from 'express-openapi-validator';
import { AppError, invalid, type FieldError } from '../errors.js';
import { wordsFor } from './validation.words.js';

/** As many problems as the contract lists at most. */
const PROBLEMS = 100;
/** A field's name is the caller's text; so much of it is told back. */
const TEXT = 200;

type Problem = { path: string; message: string; errorCode?: string | undefined };

/**
 * What the validator refuses, in the words of the contract: where, which rule, how. Names of fields are told back, values
 * never. Undefined for any other error, an invalid *answer* of ours among them.
 */
export function refusalOf(error: unknown): AppError | undefined {
  if (error instanceof validatorErrors.BadRequest) {
    return invalid(error.errors.slice(0, PROBLEMS).map(fieldErrorOf));
  }
  if (error instanceof validatorErrors.UnsupportedMediaType) {
    return new AppError(
      'unsupported_media_type',
      'The body must be of a media type that the contract names.',
    );
  }
  if (error instanceof validatorErrors.NotFound)
    return new AppError('not_found', 'There is nothing at this address.');
  return undefined;
}

function fieldErrorOf(problem: Problem): FieldError {
  const rule = ruleOf(problem);
  return {
    path: shortened(problem.path.replace(/^\/params(?=\/|$)/, '/path')),
    code: rule,
    message: shortened(wordsFor(rule, problem.message)),
  };
}

/** `maxLength.openapi.validation` is the rule `maxLength`; two rules of queries come without a name. */
function ruleOf({ errorCode, message }: Problem): string {
  if (errorCode !== undefined) return errorCode.replace(/\.openapi\.validation$/, '');
  if (message.startsWith('Unknown query parameter')) return 'unknown';
  if (message.startsWith('Empty value')) return 'empty';
  return 'malformed';
}

function shortened(text: string): string {
  return text.length <= TEXT ? text : `${text.slice(0, TEXT)}…`;
}
