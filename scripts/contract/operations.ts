import { isObject, listAt, objectAt, resolve, textAt, type Json, type JsonObject } from '../generate/json.js';

/** An operation object of the contract with its method, path and all its parameters, those of its path included. */
export type ContractOperation = {
  id: string;
  method: string;
  path: string;
  operation: JsonObject;
  parameters: JsonObject[];
};

/** One documented answer of an operation. */
export type ContractAnswer = {
  /** `default` stands for every status that has no answer of its own. */
  status: number | 'default';
  /** Documented headers that show an example, by name. */
  headers: Record<string, string>;
  /** The media type of the body; undefined where there is none. */
  type: string | undefined;
  /** The schema of the body; undefined where there is none. */
  schema: JsonObject | undefined;
  /** The named examples of the body, in the order of the contract. */
  examples: ReadonlyMap<string, Json>;
};

/** Every operation, in the order of the contract. */
export function operationsOf(document: JsonObject): ContractOperation[] {
  return Object.entries(objectAt(document.paths, 'paths')).flatMap(([path, item]) => {
    const pathItem = objectAt(item, path);
    const shared = listAt(pathItem.parameters);
    return Object.entries(pathItem).flatMap(([method, operation]) =>
      method === 'parameters' || !isObject(operation)
        ? []
        : {
            id: textAt(operation.operationId, path),
            method,
            path,
            operation,
            parameters: [...shared, ...listAt(operation.parameters)].map((one) => resolve(document, one)),
          },
    );
  });
}

/** The documented answers of an operation, in the order of the contract. */
export function answersOf(document: JsonObject, { id, operation }: ContractOperation): ContractAnswer[] {
  return Object.entries(objectAt(operation.responses, `responses of ${id}`)).map(([status, part]) => {
    const { headers, content } = resolve(document, part);
    const [type, media] = Object.entries(isObject(content) ? content : {})[0] ?? [];
    const { schema, examples } = media === undefined ? {} : objectAt(media, `${id} ${status}`);
    return {
      status: status === 'default' ? status : Number(status),
      headers: headerExamples(document, headers),
      type,
      schema: schema === undefined ? undefined : objectAt(schema, `schema of ${id} ${status}`),
      examples: namedExamples(document, examples),
    };
  });
}

function headerExamples(document: JsonObject, headers: Json | undefined): Record<string, string> {
  const shown = Object.entries(isObject(headers) ? headers : {}).flatMap(([name, header]) => {
    const { example } = resolve(document, header);
    return example === undefined ? [] : [[name, writtenOut(example)] as const];
  });
  return Object.fromEntries(shown);
}

/** A value as it stands in an address or a header. */
export function writtenOut(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The values of `examples`, by name. */
export function namedExamples(document: JsonObject, examples: Json | undefined): Map<string, Json> {
  return new Map(
    Object.entries(isObject(examples) ? examples : {}).map(([name, example]) => [
      name,
      resolve(document, example).value ?? null,
    ]),
  );
}
