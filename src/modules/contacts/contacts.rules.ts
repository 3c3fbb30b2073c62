import { indexWordsUpTo, phoneWords } from '../../platform/search.js';
import { withoutOuterSpaces } from '../../platform/text.js';

/** What somebody writes to the shop. */
export type Message = { name: string; email: string; phone: string | null; message: string };

/** More different words than a message of the longest allowed length usually has. */
const WORDS = 500;

/** Blank ends do not count; a message of blanks that the contract takes for characters stays as it is. */
export function trimmedMessage({ name, email, phone, message }: Message): Message {
  return {
    name: withoutOuterSpaces(name),
    email,
    phone: phone === null ? null : withoutOuterSpaces(phone),
    message: message.trim() === '' ? message : message.trim(),
  };
}

/** What a search finds a message by. */
export function wordsOf({ name, email, phone, message }: Message): string[] {
  return indexWordsUpTo(WORDS, name, email, phoneWords(phone), message);
}
