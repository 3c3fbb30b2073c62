import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { OpenApiValidator } from 'express-openapi-validator/dist/openapi.validator.js';
import type { Log } from '../log.js';
import {
  inlined,
  patternWords,
  withoutRepeatedAnswers,
  withReservedCharacters,
  type ApiDocument,
  type ContractFacts,
} from './contract.js';
import { describe } from './errors.js';
import { operationOf } from './exchange.js';
import { problemsOfQuery } from './query.js';
import { allOperations, type Operation } from './routes.js';
import { refusalOf } from './validation.errors.js';

/**
 * What happens to an answer that the contract does not describe: it becomes a 500 (`strict`, for tests), it is logged and
 * sent (`log`), or nobody looks (`off`).
 */
export type AnswerChecks = 'strict' | 'log' | 'off';

export type Validation = {
  /**
   * Passes on only what the contract describes, with query values in their types, or an error with all that is wrong in
   * path, query, headers, cookies and body; watches the JSON of the answer.
   */
  readonly handler: RequestHandler;
  /** Throws or logs, as configured, where the operation does not document the status of an answer. */
  checkStatus: (operation: Operation, status: number) => void;
};

type Deps = {
  /** Not changed. */
  document: ApiDocument;
  facts: Pick<ContractFacts, 'query'>;
  answers: AnswerChecks;
  /** Paths whose validators are made now, which takes some milliseconds for each; others are made at their first request. */
  prepared?: Iterable<string>;
  log: Log;
};

/**
 * The contract's checks, by express-openapi-validator. Only this file and `validation.errors.ts` know the library.
 *
 * Each path of the contract has a validator of its own. The library looks a request's path up by trying one path after
 * the other, compiling each path's expression anew; with one path there is nothing to look up.
 */
export function createValidation({ document, facts, answers, prepared = [], log }: Deps): Validation {
  const parameters = new Map(allOperations.map((operation) => [operation.id, facts.query(operation)]));
  const patterns = patternWords(document);
  const chains = new Map<string, RequestHandler>();

  const chainOf = (path: string): RequestHandler => {
    const made = chains.get(path);
    if (made !== undefined) return made;
    const chain = inSequence(onePathValidator({ document, path, answers, log }));
    chains.set(path, chain);
    return chain;
  };

  for (const path of prepared) chainOf(path);
  return {
    handler(request, response, next) {
      const { id, path } = operationOf(request);
      const known = parameters.get(id) ?? new Map<string, never>();
      // Express reads the address anew each time that it is asked.
      const { query: given } = request;
      const problems = problemsOfQuery(known, given);
      // The validator takes names with brackets apart, which takes time with the square of their number.
      const query = Object.entries(given).filter(([name]) => known.has(name));
      Object.defineProperty(request, 'query', { value: Object.fromEntries(query), configurable: true });
      void chainOf(path)(request, response, (error?: unknown) =>
        next(refusalOf(problems, error, patterns) ?? error),
      );
    },
    checkStatus(operation, status) {
      if (answers === 'off' || operation.statuses.includes(status)) return;
      const complaint = `${operation.id} does not document the status ${status}`;
      if (answers === 'strict') throw new Error(complaint);
      log.error({ operation: operation.id, status }, complaint);
    },
  };
}

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

function onePathValidator({
  document,
  path,
  answers,
  log,
}: Omit<Deps, 'facts'> & { path: string }): RequestHandler[] {
  const onError = (error: Error, _body: unknown, request: Request): void => {
    log.error(
      { operation: request.exchange.operation?.id, error: describe(error) },
      'an answer breaks the contract',
    );
  };
  const apiDoc = specOf(document, path);
  const validator = new OpenApiValidator({
    apiSpec: apiDoc,
    // The contract is linted when it is built.
    validateApiSpec: false,
    validateRequests: {
      allErrors: true,
      coerceTypes: false,
      removeAdditional: false,
      // Those are told with all the others (`query.ts`); the validator would stop at the first.
      allowUnknownQueryParameters: true,
    },
    validateResponses: answers === 'off' ? false : { allErrors: true, ...(answers === 'log' && { onError }) },
    // Who may call is decided before (`security.ts`), and forms are read before (`uploads.ts`).
    validateSecurity: false,
    fileUploader: false,
  });
  return validator.installMiddleware(Promise.resolve(loaded(apiDoc, path)));
}

type Loaded = Awaited<Parameters<OpenApiValidator['installMiddleware']>[0]>;
type Spec = Loaded['apiDoc'];

/**
 * What the library's own loader would make of the document, which compiles the schema of OpenAPI itself for each document,
 * even where it is told not to use it: half of all the work.
 */
function loaded(apiDoc: Spec, path: string): Loaded {
  const route = path.replace(/\{([^}]+)\}/g, ':$1');
  const routes = Object.keys(apiDoc.paths?.[path] ?? {})
    .filter((key) => METHODS.includes(key))
    .map((method) => ({
      basePath: '',
      expressRoute: route,
      openApiRoute: path,
      method: method.toUpperCase(),
      pathParams: [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name ?? ''),
    }));
  return { apiDoc, basePaths: [''], routes, serial: 0 };
}

/**
 * The contract with this path alone, and with everything that it refers to in its place: the validator compiles a schema merely to
 * follow a reference to it, and knows nothing of webhooks.
 */
function specOf(document: ApiDocument, path: string): Spec {
  const spec: unknown = {
    openapi: document.openapi,
    info: structuredClone(document['info']),
    paths: { [path]: withReservedCharacters(inlined(document, withoutRepeatedAnswers(document, path))) },
  };
  if (!isSpec(spec)) throw new Error(`the contract has no path ${path}`);
  return spec;
}

/** The library's type demands parts that OpenAPI leaves to choice. */
function isSpec(value: unknown): value is Spec {
  return typeof value === 'object' && value !== null && 'openapi' in value && 'paths' in value;
}

/** Several middlewares as one. */
function inSequence(handlers: readonly RequestHandler[]): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    const step = (index: number) => (error?: unknown) => {
      const handler = handlers[index];
      if (error !== undefined || handler === undefined) next(error);
      else void handler(request, response, step(index + 1));
    };
    step(0)();
  };
}
