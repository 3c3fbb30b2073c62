import { isObject, listAt, objectAt, textAt, without, type Json, type JsonObject } from '../generate/json.js';

/** What a schema says in the end, through all its references. */
export type Shape = {
  /** The component that it is, or that its items are made of; undefined for one without a name. */
  name: string | undefined;
  /** The schema behind it, with what stands beside the reference. */
  node: JsonObject;
  nullable: boolean;
  /** The shape of each item, where it is a list. */
  items: Shape | undefined;
  /** Alternatives, where there are several. */
  choices: Shape[];
};

const REFERENCE = '#/components/schemas/';

/** Follows references, `allOf` of one and `oneOf` with null down to what is really meant. */
export function shapeOf(document: JsonObject, schema: JsonObject): Shape {
  let name: string | undefined;
  let node = schema;
  let nullable = false;
  for (;;) {
    const inner = innerOf(document, node);
    if (inner === undefined) break;
    name ??= inner.name;
    nullable ||= inner.nullable;
    node = inner.node;
  }
  const types = [node.type ?? []].flat();
  const choices = choicesIn(node).filter((one) => one.type !== 'null');
  return {
    name,
    node,
    nullable: nullable || types.includes('null'),
    items: isObject(node.items) ? shapeOf(document, node.items) : undefined,
    choices: choices.map((one) => shapeOf(document, one)),
  };
}

function choicesIn(node: JsonObject): JsonObject[] {
  return ['oneOf', 'anyOf'].flatMap((key) => listAt(node[key]).map((one) => objectAt(one, key)));
}

/** One step inwards; undefined where the schema stands for itself. What stands beside the step wins over what it leads to. */
function innerOf(
  document: JsonObject,
  node: JsonObject,
): { name: string | undefined; node: JsonObject; nullable: boolean } | undefined {
  if (node.$ref !== undefined) {
    const { $ref, ...beside } = node;
    const name = textAt($ref, '$ref').replace(REFERENCE, '');
    return { name, node: { ...componentOf(document, name), ...beside }, nullable: false };
  }
  const all = listAt(node.allOf).map((one) => objectAt(one, 'allOf'));
  const [only, ...more] = all;
  if (only !== undefined && more.length === 0) {
    return { name: undefined, node: { ...only, ...without(node, 'allOf') }, nullable: false };
  }
  const choices = choicesIn(node);
  const [choice, ...others] = choices.filter((one) => one.type !== 'null');
  if (choice !== undefined && others.length === 0) {
    const beside = without(node, 'oneOf', 'anyOf');
    return { name: undefined, node: { ...choice, ...beside }, nullable: choices.length > 1 };
  }
  return undefined;
}

function componentOf(document: JsonObject, name: string): JsonObject {
  const schemas = objectAt(objectAt(document.components, 'components').schemas, 'schemas');
  return objectAt(schemas[name], `the schema ${name}`);
}

/** The fields of an object; none for anything else. */
export function fieldsOf({ node }: Shape): { name: string; schema: JsonObject; required: boolean }[] {
  const required = listAt(node.required);
  return Object.entries(isObject(node.properties) ? node.properties : {}).map(([name, schema]) => ({
    name,
    schema: objectAt(schema, name),
    required: required.includes(name),
  }));
}

/** What a value may be beside its type, in words. */
export function boundsOf({ node }: Shape): string[] {
  const bounds: string[] = [];
  const range = (least: Json | undefined, most: Json | undefined, unit: string): void => {
    if (least === undefined && most === undefined) return;
    if (least === most) bounds.push(`exactly ${words(least)}${unit}`);
    else if (most === undefined) bounds.push(`at least ${words(least)}${unit}`);
    else if (least === undefined) bounds.push(`at most ${words(most)}${unit}`);
    else bounds.push(`${words(least)} to ${words(most)}${unit}`);
  };
  range(node.minimum, node.maximum, '');
  range(node.minLength, node.maxLength, ' characters');
  range(node.minItems, node.maxItems, ' items');
  if (node.minProperties !== undefined) bounds.push(`at least ${words(node.minProperties)} field`);
  if (node.uniqueItems === true) bounds.push('each once');
  return bounds;
}

function words(value: Json | undefined): string {
  return typeof value === 'number' ? value.toLocaleString('en-GB') : JSON.stringify(value);
}

/** The pattern that a reader can do something with: not one that only refuses unprintable characters. */
export function patternOf({ node }: Shape): string | undefined {
  const { pattern } = node;
  if (typeof pattern !== 'string') return undefined;
  return /[^\x20-\x7e]|\\x00|\\u0000|\\ud800|\[ -~\]/i.test(pattern) ? undefined : pattern;
}

/** The values that are allowed; none where any is. */
export function valuesOf({ node }: Shape): string[] {
  if (node.const !== undefined) return [asText(node.const)];
  return listAt(node.enum).map(asText);
}

function asText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The type in words: `integer`, `list of text`, `date-time`. */
export function typeWords({ node, items, choices }: Shape): string {
  if (items !== undefined) return `list of ${typeWords(items)}`;
  if (choices.length > 0) return 'one of several';
  const type = [node.type ?? []].flat().find((one) => one !== 'null');
  if (type === undefined) return 'any value';
  if (type === 'string' && node.format === 'binary') return 'file';
  if (type === 'string' && typeof node.format === 'string') return `string, ${node.format}`;
  return asText(type);
}
