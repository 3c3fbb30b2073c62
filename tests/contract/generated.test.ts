import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { errorCodes, operations } from '../../generated/operations.js';
import { operationsOf } from '../../scripts/contract/operations.js';
import { listAt, objectAt } from '../../scripts/generate/json.js';
import type { Json, JsonObject } from '../../scripts/generate/json.js';
import { statusOf } from '../../src/platform/errors.js';
import {
  boundariesIn,
  generated,
  mutationsOf,
  requestJudge,
  requestsOf,
  responseJudge,
  responsesOf,
  textsIn,
} from './contract.reader.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const contract = generated('openapi.json');
const twin = generated('openapi-3.0.json');
const requests = requestsOf(contract);
const responses = responsesOf(contract);

test('what is generated follows from the contract', async () => {
  const check = promisify(execFile)(process.execPath, ['--import', 'tsx', 'scripts/generate.ts', '--check'], {
    cwd: root,
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  await expect(check).resolves.toMatchObject({ stderr: '' });
});

describe('the operation table says what the contract says', () => {
  const table = new Map<string, (typeof operations)[keyof typeof operations]>(Object.entries(operations));

  test('of the same operations', () => {
    const ids = operationsOf(contract).map(({ id }) => id);
    expect([...table.keys()].toSorted()).toEqual(ids.toSorted());
  });

  test.each(operationsOf(contract))('of $id', ({ id, method, path, operation, parameters }) => {
    const security = JSON.stringify(operation.security);
    const access = security.includes('metricsAuth')
      ? 'metrics'
      : security.includes('admin')
        ? 'admin'
        : security === '[]'
          ? 'public'
          : security.includes('{}')
            ? 'optional'
            : 'user';
    const statuses = Object.keys(objectAt(operation.responses, id)).filter((status) => status !== 'default');
    expect(table.get(id)).toMatchObject({
      method,
      path,
      tag: listAt(operation.tags)[0],
      access,
      statuses: statuses.map(Number),
    });
    expect(table.get(id)?.rateLimit).toBe(operation['x-rate-limit'] ?? null);
    expect(table.get(id)?.idempotent).toBe(
      parameters.some(({ name, required }) => name === 'Idempotency-Key' && required === true),
    );
  });

  test('of the error codes, each of which has a status', () => {
    const { ErrorCode } = objectAt(objectAt(contract.components, 'components').schemas, 'schemas');
    expect(errorCodes).toEqual(objectAt(ErrorCode, 'ErrorCode').enum);
    expect(Object.keys(statusOf).toSorted()).toEqual([...errorCodes].toSorted());
  });
});

describe('every example is what it stands for', () => {
  const ofRequest = requestJudge(contract);
  const ofResponse = responseJudge(contract);
  const cases = [
    ...requests.map((shown) => ({ ...shown, accepts: ofRequest(shown.schema) })),
    ...responses.map((shown) => ({ ...shown, accepts: ofResponse(shown.schema) })),
  ];

  test.each(cases)('$label', ({ examples, accepts }) => {
    expect(examples.length).toBeGreaterThan(0);
    expect(examples.filter(([, value]) => !accepts(value))).toEqual([]);
  });

  test('the code of an error fits the status that shows it', () => {
    const wrong = responses.flatMap(({ label, examples }) => {
      const status = Number(label.split(' ')[1]);
      const codes = examples.flatMap(([, value]) => errorCodes.filter((code) => code === codeOf(value)));
      return codes
        .filter((code) => Number.isInteger(status) && statusOf[code] !== status)
        .map((code) => `${label}: ${code}`);
    });
    expect(wrong).toEqual([]);
  });

  test('every error code is shown somewhere', () => {
    const shown = new Set(responses.flatMap(({ examples }) => examples.map(([, value]) => codeOf(value))));
    expect(errorCodes.filter((code) => !shown.has(code))).toEqual([]);
  });
});

describe('the 3.0 twin means the same', () => {
  const pairs = [
    { kind: 'request', judge: requestJudge, ours: requests, theirs: requestsOf(twin) },
    { kind: 'response', judge: responseJudge, ours: responses, theirs: responsesOf(twin) },
  ];

  test.each(pairs)('for every $kind, right or wrong', ({ judge, ours, theirs }) => {
    const of31 = judge(contract);
    const of30 = judge(twin);
    expect(theirs.map(({ label }) => label)).toEqual(ours.map(({ label }) => label));
    const sizes = [...new Set(boundariesIn([contract, twin]))];
    const verdicts = { accepted: 0, refused: 0 };
    const tried = new Set<string>();
    for (const [at, { label, schema, examples }] of ours.entries()) {
      const first = of31(schema);
      const second = of30(theirs[at]?.schema ?? {});
      const fresh = examples.filter(([, shown]) => !tried.has(JSON.stringify([schema, shown])));
      for (const [, shown] of fresh) {
        tried.add(JSON.stringify([schema, shown]));
        for (const value of [shown, ...mutationsOf(shown, sizes)]) {
          const verdict = first(value);
          verdicts[verdict ? 'accepted' : 'refused'] += 1;
          if (second(value) !== verdict)
            throw new Error(`${label}: 3.1 says ${verdict} to ${JSON.stringify(value)}`);
        }
      }
    }
    expect(verdicts.accepted).toBeGreaterThan(100);
    expect(verdicts.refused).toBeGreaterThan(100);
  });

  test('it states no role, keeps them aside, and is otherwise as long', () => {
    for (const { id, operation } of operationsOf(twin)) {
      const original = operationsOf(contract).find((one) => one.id === id);
      const roles = JSON.stringify(original?.operation.security).includes('admin') ? ['admin'] : undefined;
      expect(operation['x-roles']).toEqual(roles);
      expect(JSON.stringify(operation.security)).not.toContain('admin');
    }
    expect(twin.openapi).toBe('3.0.3');
    expect(operationsOf(twin)).toHaveLength(operationsOf(contract).length);
  });
});

describe('a text in a request refuses what cannot be stored', () => {
  const accepts = requestJudge(contract);
  const texts = new Map<JsonObject, Set<string>>();
  for (const { schema, examples } of requests) {
    for (const [text, value] of examples.flatMap(([, shown]) => textsIn(contract, schema, shown))) {
      texts.set(text, (texts.get(text) ?? new Set()).add(typeof value === 'string' ? value : ''));
    }
  }
  const cases = [...texts].map(([schema, values]) => ({
    schema,
    pattern: schema.pattern,
    values: [...values].filter(Boolean),
  }));

  test('there are such texts', () => expect(cases.length).toBeGreaterThan(15));

  test.each(cases)('$pattern', ({ schema, values }) => {
    const judge = accepts(schema);
    const spoilt = (value: string): Json[] =>
      ['\0', '\ud800', '\udfff'].flatMap((bad) => [bad + value.slice(1), value.slice(0, -1) + bad]);
    expect(values.length).toBeGreaterThan(0);
    expect(values.every((value) => judge(value))).toBe(true);
    expect(values.flatMap(spoilt).filter((value) => judge(value))).toEqual([]);
  });

  test.each(['PersonName', 'ChosenPassword', 'SearchWords', 'ProductDescription', 'AddressLine'])(
    'but %s takes any script and emoji',
    (name) => {
      const judge = accepts({ $ref: `#/components/schemas/${name}` });
      expect(
        ['Zoë Łukasz', 'अशा राव आशा', '山田太郎 😀😀😀😀', '𠮷野家と𠮷野家と'].filter(
          (value) => !judge(value),
        ),
      ).toEqual([]);
    },
  );
});

function codeOf(value: Json): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value.code : undefined;
}
