import { operationsOf, type ContractOperation } from '../contract/operations.js';
import {
  isObject,
  listAt,
  mapValues,
  objectAt,
  resolve,
  textAt,
  without,
  type Json,
  type JsonObject,
} from '../generate/json.js';
import type { Change, Direction, Note } from './changes.js';
import { schemaComparison } from './schemas.js';

type Documents = { before: JsonObject; after: JsonObject };
type Compare = ReturnType<typeof schemaComparison>;
type Sides = { before: ContractOperation; after: ContractOperation };

/** Everything that a client might notice between two bundled contracts, in the order of the older one. */
export function compareContracts(before: JsonObject, after: JsonObject): Change[] {
  const changes: Change[] = [];
  const note: Note = (change) => void changes.push(change);
  const documents = { before, after };
  const compare = schemaComparison(documents, note);

  compareOperations(documents, operationsOf(before), operationsOf(after), {
    note,
    compare,
    section: 'paths',
  });
  compareOperations(documents, webhooksOf(before), webhooksOf(after), { note, compare, section: 'webhooks' });
  for (const name of schemaNames(before)) {
    if (schemaNames(after).includes(name)) continue;
    note({ breaking: true, rule: 'schema-removed', where: name, what: 'SDKs lose this type' });
  }
  return changes;
}

/** Webhooks as operations: there the server sends, and the client answers. */
function webhooksOf(document: JsonObject): ContractOperation[] {
  if (!isObject(document.webhooks)) return [];
  return operationsOf({ ...document, paths: document.webhooks });
}

function schemaNames(document: JsonObject): string[] {
  const { schemas } = objectAt(document.components ?? {}, 'components');
  return Object.keys(isObject(schemas) ? schemas : {});
}

type Tools = { note: Note; compare: Compare; section: 'paths' | 'webhooks' };

function compareOperations(
  documents: Documents,
  before: ContractOperation[],
  after: ContractOperation[],
  tools: Tools,
): void {
  const address = ({ method, path }: ContractOperation): string =>
    `${method} ${path.replace(/\{\w+\}/g, '{}')}`;
  for (const old of before) {
    const now = after.find(({ id }) => id === old.id) ?? after.find((one) => address(one) === address(old));
    const told = (rule: string, what: string): void =>
      tools.note({ breaking: true, rule, where: old.id, what });
    if (now === undefined) {
      told('operation-removed', `${old.method.toUpperCase()} ${old.path} is gone`);
      continue;
    }
    if (now.id !== old.id) told('operation-renamed', `is called ${now.id}`);
    if (address(now) !== address(old)) told('operation-moved', `is ${now.method.toUpperCase()} ${now.path}`);
    if (listAt(now.operation.tags)[0] !== listAt(old.operation.tags)[0]) {
      told('tag-changed', 'is in another class of an SDK');
    }
    compareOne(documents, { before: old, after: now }, tools);
  }
  const known = (one: ContractOperation): boolean =>
    before.some(({ id }) => id === one.id) || before.some((old) => address(old) === address(one));
  for (const one of after.filter((added) => !known(added))) {
    const what = `${one.method.toUpperCase()} ${one.path}`;
    tools.note({ breaking: false, rule: 'operation-added', where: one.id, what });
  }
}

function compareOne(documents: Documents, sides: Sides, { note, compare, section }: Tools): void {
  const { before, after } = sides;
  const [request, answer]: Direction[] = section === 'paths' ? ['sent', 'given'] : ['given', 'sent'];
  if (section === 'paths') compareSecurity(before, after, note);
  if (before.operation.deprecated !== true && after.operation.deprecated === true) {
    note({ breaking: false, rule: 'deprecated', where: before.id, what: 'will go' });
  }
  compare(
    requestSchema(documents.before, before),
    requestSchema(documents.after, after),
    before.id,
    request ?? 'sent',
  );
  compareResponses(documents, sides, { note, compare, direction: answer ?? 'given' });
}

/** All that a request consists of, as one object, so that a parameter is compared as a field is. */
function requestSchema(document: JsonObject, { operation, parameters }: ContractOperation): JsonObject {
  const located = (where: string): JsonObject => {
    const members = parameters.filter((parameter) => parameter.in === where);
    return {
      type: 'object',
      properties: Object.fromEntries(members.map(({ name, schema }) => [textAt(name, 'name'), schema ?? {}])),
      required: members.filter(({ required }) => required === true).map(({ name }) => name ?? ''),
    };
  };
  const body = operation.requestBody === undefined ? undefined : resolve(document, operation.requestBody);
  return {
    type: 'object',
    properties: {
      path: located('path'),
      query: located('query'),
      header: located('header'),
      cookie: located('cookie'),
      ...(body !== undefined && { body: contentSchema(body) }),
    },
    required: body?.required === true ? ['body'] : [],
  };
}

/** A body of one media type is its schema; of several, a choice for each. */
function contentSchema({ content }: JsonObject): JsonObject {
  return {
    type: 'object',
    properties: mapValues(
      isObject(content) ? content : {},
      (media) => objectAt(media, 'media type').schema ?? {},
    ),
  };
}

/** Statuses that are no error are a closed list to a client; of errors, the `default` answer promises the form. */
function compareResponses(
  documents: Documents,
  { before, after }: Sides,
  { note, compare, direction }: { note: Note; compare: Compare; direction: Direction },
): void {
  const old = objectAt(before.operation.responses ?? {}, 'responses');
  const now = objectAt(after.operation.responses ?? {}, 'responses');
  const isSuccess = (status: string): boolean => /^[23]/.test(status);
  for (const status of Object.keys(old)) {
    const where = `${before.id} ${status}`;
    if (now[status] === undefined) {
      const breaking = isSuccess(status) || status === 'default';
      note({ breaking, rule: 'answer-removed', where, what: 'is not answered any more' });
    } else {
      compareAnswer(documents, { old: old[status], now: now[status], where }, { compare, direction });
    }
  }
  for (const status of Object.keys(now).filter((one) => old[one] === undefined)) {
    const where = `${before.id} ${status}`;
    const promised = old.default !== undefined && !isSuccess(status);
    note({ breaking: !promised, rule: 'answer-added', where, what: 'may be answered' });
    // Nobody was promised the headers of this status, only a body like that of any other error.
    if (promised)
      compareAnswer(
        documents,
        { old: withoutHeaders(documents, old.default), now: now[status], where },
        { compare, direction },
      );
  }
}

function withoutHeaders({ before }: Documents, part: Json | undefined): JsonObject {
  return without(resolve(before, part), 'headers');
}

function compareAnswer(
  documents: Documents,
  { old, now, where }: { old: Json | undefined; now: Json | undefined; where: string },
  { compare, direction }: { compare: Compare; direction: Direction },
): void {
  compare(answerSchema(documents.before, old), answerSchema(documents.after, now), where, direction);
}

/** All that an answer consists of, as one object. */
function answerSchema(document: JsonObject, part: Json | undefined): JsonObject {
  const headers = { type: 'object', properties: headersOf(document, part) };
  return { type: 'object', properties: { headers, body: contentSchema(resolve(document, part)) } };
}

function headersOf(document: JsonObject, part: Json | undefined): JsonObject {
  const { headers } = resolve(document, part);
  return mapValues(isObject(headers) ? headers : {}, (header) => resolve(document, header).schema ?? {});
}

/** Whoever could sign in as before must still be let in. */
function compareSecurity(before: ContractOperation, after: ContractOperation, note: Note): void {
  const alternatives = ({ operation }: ContractOperation): JsonObject[] => {
    const list = listAt(operation.security).map((one) => objectAt(one, 'security'));
    return list.length === 0 ? [{}] : list;
  };
  const letsIn = (now: JsonObject, old: JsonObject): boolean =>
    Object.entries(now).every(([scheme, roles]) => {
      const had = old[scheme];
      if (had === undefined) return false;
      const needed = listAt(roles);
      // Any account will do, or one of these roles.
      return (
        needed.length === 0 || (listAt(had).length > 0 && listAt(had).every((role) => needed.includes(role)))
      );
    });
  for (const old of alternatives(before)) {
    if (alternatives(after).some((now) => letsIn(now, old))) continue;
    const what = `${JSON.stringify(old)} is not enough any more`;
    note({ breaking: true, rule: 'security-raised', where: before.id, what });
  }
  const opened = alternatives(after).some((now) => !alternatives(before).some((old) => letsIn(old, now)));
  if (opened)
    note({ breaking: false, rule: 'security-lowered', where: before.id, what: 'lets more callers in' });
}
