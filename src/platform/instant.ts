import { invalid } from './errors.js';

/** A time that a caller gave, in the contract's form; throws validation_failed where no calendar has it. */
export function instantOf(text: string, path: string): Date;
export function instantOf(text: string | undefined, path: string): Date | undefined;
export function instantOf(text: string | undefined, path: string): Date | undefined {
  if (text === undefined) return undefined;
  const instant = new Date(text);
  // A day such as the 30th of February would silently become another one.
  const isThatDay = !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text.slice(0, 19));
  if (isThatDay) return instant;
  throw invalid([{ path, code: 'format', message: 'must be a time that there is' }]);
}
