import { Refusal } from './refusal.js';

/** The fields of a JSON object from outside. Every reader throws a `Refusal` that names the field when it does not fit. */
export interface Fields {
  text(name: string): string;
  optionalText(name: string): string | undefined;
  integer(name: string): number;
  optionalInteger(name: string): number | undefined;
  optionalBoolean(name: string): boolean | undefined;
  choice<T extends string>(name: string, choices: readonly T[]): T;
  optionalChoice<T extends string>(name: string, choices: readonly T[]): T | undefined;
  optionalTexts(name: string): string[] | undefined;
  raw(name: string): unknown;
}

/** Reads a body. An empty one counts as an object without fields; anything but an object is refused. */
export function parseFields(body: Buffer): Fields {
  let value: unknown = {};
  try {
    if (body.length > 0) value = JSON.parse(body.toString('utf8'));
  } catch {
    throw new Refusal('The request body is not valid JSON.');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Refusal('The request body must be a JSON object.');
  }
  return fieldsOf(new Map(Object.entries(value)));
}

function fieldsOf(values: Map<string, unknown>): Fields {
  const refuse = (name: string, what: string): never => {
    throw new Refusal(`The ${name.replaceAll('_', ' ')} ${what}`, { field: name });
  };
  const raw = (name: string): unknown => values.get(name) ?? undefined;
  const required = <T>(name: string, read: (name: string) => T | undefined): T =>
    read(name) ?? refuse(name, 'field is required.');

  const optionalText = (name: string): string | undefined => {
    const value = raw(name);
    if (value === undefined || typeof value === 'string') return value;
    return refuse(name, 'must be a string.');
  };
  const optionalInteger = (name: string): number | undefined => {
    const value = raw(name);
    if (value === undefined) return undefined;
    return typeof value === 'number' && Number.isSafeInteger(value)
      ? value
      : refuse(name, 'must be an integer.');
  };
  const optionalBoolean = (name: string): boolean | undefined => {
    const value = raw(name);
    if (value === undefined || typeof value === 'boolean') return value;
    return refuse(name, 'must be a boolean.');
  };
  const optionalChoice = <T extends string>(name: string, choices: readonly T[]): T | undefined => {
    const value = optionalText(name);
    if (value === undefined) return undefined;
    return (
      choices.find((choice) => choice === value) ?? refuse(name, `must be one of ${choices.join(', ')}.`)
    );
  };
  const optionalTexts = (name: string): string[] | undefined => {
    const value = raw(name);
    if (value === undefined) return undefined;
    const isTexts = (list: unknown): list is string[] =>
      Array.isArray(list) && list.every((v) => typeof v === 'string');
    return isTexts(value) ? value : refuse(name, 'must be a list of strings.');
  };
  return {
    text: (name) => required(name, optionalText),
    optionalText,
    integer: (name) => required(name, optionalInteger),
    optionalInteger,
    optionalBoolean,
    choice: (name, choices) => required(name, (field) => optionalChoice(field, choices)),
    optionalChoice,
    optionalTexts,
    raw,
  };
}
