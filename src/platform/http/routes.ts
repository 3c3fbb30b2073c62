import { operations } from '../../../generated/operations.js';
import { AppError } from '../errors.js';
import type { OperationId, RateLimitName, Tag } from './operation.js';

/** One operation of the contract, with what the server needs to know of it at run time. */
export type Operation = Readonly<{
  id: OperationId;
  method: string;
  /** The template of the path, such as `/v1/products/{productId}`. */
  path: string;
  tag: Tag;
  access: 'public' | 'optional' | 'user' | 'admin' | 'metrics';
  /** Names of the header and cookie parameters, spelled as in the contract. */
  headers: readonly string[];
  cookies: readonly string[];
  queryDefaults: Readonly<Record<string, unknown>>;
  /** Media types of the request's body; empty where there is none. */
  requestTypes: readonly string[];
  /** Media types of a body that means success. Where there are several, the handler names the one that it answers in. */
  responseTypes: readonly string[];
  statuses: readonly number[];
  /** The limit that it counts for, as the contract names it. */
  rateLimit: RateLimitName | null;
}>;

/** Everything that one path of the contract answers to. */
export type Route = Readonly<{
  path: string;
  /** By method in capitals. */
  operations: ReadonlyMap<string, Operation>;
  /** The value of `Allow`: the methods of the contract, and those that every path has (HEAD beside GET, OPTIONS). */
  allow: string;
}>;

export type Match = Readonly<{ route: Route; params: Readonly<Record<string, string>> }>;

export const allOperations: readonly Operation[] = Object.keys(operations)
  .filter(isOperationId)
  .map((id) => ({ id, ...operations[id] }));

function isOperationId(name: string): name is OperationId {
  return Object.hasOwn(operations, name);
}

/**
 * Finds the path of the contract that a request's path belongs to: exactly, with capitals and slashes as written. A path
 * without parameters goes before one with parameters.
 */
export function createRoutes(
  table: readonly Operation[] = allOperations,
): (path: string) => Match | undefined {
  const routes = routesOf(table);
  const fixed = new Map(routes.filter(({ path }) => !path.includes('{')).map((route) => [route.path, route]));
  const patterns = routes
    .filter(({ path }) => path.includes('{'))
    .map((route) => ({ route, steps: stepsOf(route.path) }));

  return (path) => {
    const route = fixed.get(path);
    if (route !== undefined) return { route, params: {} };
    const given = path.split('/');
    for (const pattern of patterns) {
      const params = paramsOf(pattern.steps, given);
      if (params !== undefined) return { route: pattern.route, params };
    }
    return undefined;
  };
}

function routesOf(table: readonly Operation[]): Route[] {
  const paths = [...new Set(table.map(({ path }) => path))];
  return paths.map((path) => {
    const members = table.filter((operation) => operation.path === path);
    const methods = new Map(members.map((operation) => [operation.method.toUpperCase(), operation]));
    const allow = [...methods.keys(), ...(methods.has('GET') ? ['HEAD'] : []), 'OPTIONS'];
    return { path, operations: methods, allow: allow.join(', ') };
  });
}

/** A part of a template between two slashes: this text, or any value under this name. */
type Step = { kind: 'text'; text: string } | { kind: 'value'; name: string };

function stepsOf(template: string): Step[] {
  return template.split('/').map((text) => {
    const name = /^\{(.+)\}$/.exec(text)?.[1];
    return name === undefined ? { kind: 'text', text } : { kind: 'value', name };
  });
}

/** The values of a template's `{names}`; undefined where the path is another one. An empty value is no value. */
function paramsOf(steps: readonly Step[], given: readonly string[]): Record<string, string> | undefined {
  if (steps.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, step] of steps.entries()) {
    const value = given[index] ?? '';
    if (step.kind === 'text' ? value !== step.text : value === '') return undefined;
    if (step.kind === 'value') params[step.name] = decodeURIComponent(value);
  }
  return params;
}

/** Throws `malformed_request` where the percent-escapes of a path or a query cannot be read. */
export function refuseMalformedEscapes(url: string): void {
  if (!url.includes('%')) return;
  try {
    decodeURIComponent(url);
  } catch {
    throw new AppError(
      'malformed_request',
      'The address of the request is not valid: a % in it stands for no character.',
    );
  }
}
