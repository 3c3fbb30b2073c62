import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { loadContract } from '../../../src/platform/http/documents.js';
import { allOperations, type Operation } from '../../../src/platform/http/routes.js';
import { fillForm, isForm, PNG } from '../../support/samples.js';
import { ADMIN, METRICS_TOKEN, bearer, exampleOf, startStub, type Stub } from './stub.js';

let stub: Stub;
beforeAll(async () => {
  stub = await startStub();
});
afterEach(() => stub.reset());
afterAll(() => stub.stop());

type Parameter = { name: string; in: string; required?: boolean; example?: unknown };
type Declaration = {
  parameters?: unknown[];
  requestBody?: { content: Record<string, { examples: Record<string, unknown> }> };
};

const contract = loadContract() as unknown as { paths: Record<string, Record<string, unknown>> };

function resolved(value: unknown): unknown {
  const reference = (value as { $ref?: string }).$ref;
  if (reference === undefined) return value;
  const steps = reference.slice(2).split('/');
  return resolved(steps.reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], contract));
}

function parametersOf({ path, method }: Operation): Parameter[] {
  const item = contract.paths[path] ?? {};
  const own = (item[method] as Declaration).parameters ?? [];
  return [...own, ...((item['parameters'] ?? []) as unknown[])].map(
    (parameter) => resolved(parameter) as Parameter,
  );
}

function bodiesOf({ path, method }: Operation): unknown[] {
  const declaration = contract.paths[path]?.[method] as Declaration;
  const [media] = Object.values(declaration.requestBody?.content ?? {});
  const examples = media?.examples;
  if (examples === undefined) return [undefined];
  return Object.values(examples).map((example) => (resolved(example) as { value: unknown }).value);
}

describe.each(allOperations)('$id', (operation) => {
  const parameters = parametersOf(operation);
  const valueOf = (name: string): string =>
    String(parameters.find((parameter) => parameter.name === name)?.example);

  test.each(bodiesOf(operation))(
    'takes the contract’s own example %j, and its example answer passes',
    async (body) => {
      const path = operation.path.replace(/\{(\w+)\}/g, (_whole, name: string) => valueOf(name));
      const query = parameters.filter((parameter) => parameter.in === 'query');
      const method = operation.method as 'get' | 'post' | 'put' | 'patch' | 'delete';
      const request = stub.http[method](path).query(
        Object.fromEntries(query.map(({ name, example }) => [name, String(example)])),
      );
      for (const header of parameters.filter((parameter) => parameter.in === 'header')) {
        request.set(header.name, String(header.example));
      }
      for (const cookie of parameters.filter((parameter) => parameter.in === 'cookie')) {
        request.set('Cookie', `${cookie.name}=${String(cookie.example)}`);
      }
      if (operation.access !== 'public') {
        request.set(...bearer(operation.access === 'metrics' ? METRICS_TOKEN : ADMIN));
      }
      const sent = isForm(operation.id)
        ? fillForm(request, { ...(body as object), image: PNG })
        : body === undefined
          ? request
          : request.send(body as object);
      const answer = await sent;
      expect(answer.status).toBe(exampleOf(operation).status);
      expect(stub.calls.map(({ operation: id }) => id)).toEqual([operation.id]);
    },
  );
});
