import { isDatabaseTrouble } from '../../platform/db.js';
import { AppError, messageOf, statusOf } from '../../platform/errors.js';
import { isRedisTrouble } from '../../platform/redis.troubles.js';
import { Refusal } from '../refusal.js';

/**
 * Why something could not be done or read, with the status that says so. What is no refusal keeps the words of whoever
 * threw it: on this page they help, and nobody but the developer sees them.
 */
export function problemOf(error: unknown): { status: number; words: string } {
  if (error instanceof Refusal) return { status: error.status, words: error.message };
  if (error instanceof AppError) return { status: statusOf[error.code], words: error.message };
  if (isDatabaseTrouble(error)) return { status: 503, words: 'MongoDB does not answer.' };
  if (isRedisTrouble(error)) return { status: 503, words: 'Redis does not answer.' };
  return { status: 500, words: messageOf(error) };
}
