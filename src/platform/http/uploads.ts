import type { NextFunction, Request, Response } from 'express';
import multer, { MulterError } from 'multer';
import { AppError, invalid } from '../errors.js';
import type { ContractFacts } from './contract.js';
import { operationOf } from './exchange.js';

export const FORM_TYPE = 'multipart/form-data';
const FILE_BYTES = 5 * 1024 * 1024;
/** What stands around the file: texts, headers of the parts, boundaries. */
const OTHER_BYTES = 64 * 1024;
const TEXT_BYTES = 8 * 1024;

/**
 * Reads a form into memory, never into a file: the files of the contract into `exchange.files`, each once, and the texts
 * into the body, in which an empty text stands for each file. Anything that is not in the contract's form is refused, with
 * what was read forgotten. `contentType`: as it was sent, with the boundary.
 */
export function createUploadReader(facts: Pick<ContractFacts, 'formFields'>) {
  const readers = new Map<string, ReturnType<typeof readerOf>>();

  return (request: Request, response: Response, contentType: string, next: NextFunction): void => {
    const operation = operationOf(request);
    const encoding = request.headers['content-encoding'] ?? 'identity';
    if (!isForm(contentType) || encoding !== 'identity') throw notAForm();
    if (Number(request.headers['content-length'] ?? 0) > FILE_BYTES + OTHER_BYTES) throw fileTooLarge();
    const fields = facts.formFields(operation);
    const reader = readers.get(operation.id) ?? readerOf(fields);
    readers.set(operation.id, reader);

    request.headers['content-type'] = contentType;
    reader(request, response, (error?: unknown) => {
      // One text, since the validator keeps a compiled check for each that it meets.
      request.headers['content-type'] = FORM_TYPE;
      if (error !== undefined && error !== null) next(refusalOf(error));
      else next(takeFiles(request, fields.files));
    });
  };
}

function readerOf({ files, texts }: ReturnType<ContractFacts['formFields']>) {
  const limits = {
    fileSize: FILE_BYTES,
    files: files.length,
    fields: texts.length,
    fieldSize: TEXT_BYTES,
    fieldNameSize: 64,
    fieldNestingDepth: 0,
    headerPairs: 20,
  };
  return multer({ storage: multer.memoryStorage(), limits }).fields(
    files.map((name) => ({ name, maxCount: 1 })),
  );
}

/** Moves the files to the exchange. A text in the place of a file is told, for the validator would take it for one. */
function takeFiles(request: Request, names: readonly string[]): AppError | undefined {
  const body: unknown = request.body;
  const sent = Array.isArray(request.files) ? undefined : request.files;
  const fields = typeof body === 'object' && body !== null ? { ...body } : {};
  for (const name of names) {
    const file = sent?.[name]?.[0];
    if (file !== undefined) {
      request.exchange.files.set(name, file.buffer);
      Reflect.set(fields, name, '');
    } else if (Object.hasOwn(fields, name)) {
      return invalid([{ path: `/body/${name}`, code: 'type', message: 'must be a file' }]);
    }
  }
  request.body = fields;
  return undefined;
}

function isForm(contentType: string): boolean {
  return contentType.split(';', 1)[0]?.trim().toLowerCase() === FORM_TYPE;
}

function notAForm(): AppError {
  return new AppError('unsupported_media_type', 'The body must be uncompressed multipart/form-data.');
}

function fileTooLarge(): AppError {
  return new AppError('payload_too_large', 'The file is too large.');
}

/** Why a field of a form was refused, by the code that the parser gives it. */
const WORDS: Readonly<Record<string, string>> = {
  LIMIT_FILE_COUNT: 'there must not be so many files',
  LIMIT_UNEXPECTED_FILE: 'there must not be a file here, or not so many',
  LIMIT_FIELD_COUNT: 'there must not be so many fields',
  LIMIT_FIELD_VALUE: 'is too long',
  LIMIT_FIELD_KEY: 'there is a field whose name is too long',
  LIMIT_FIELD_NESTING: 'a form has no fields within fields',
  MISSING_FIELD_NAME: 'there is a field without a name',
};

function refusalOf(error: unknown): AppError {
  if (!(error instanceof MulterError)) {
    return new AppError('malformed_request', 'The body is no complete multipart/form-data.', {
      cause: error,
    });
  }
  if (error.code === 'LIMIT_FILE_SIZE') return fileTooLarge();
  const path = error.field === undefined ? '/body' : `/body/${error.field}`;
  const message = WORDS[error.code] ?? 'this is no field of the form';
  return invalid([{ path, code: 'form', message }]);
}
