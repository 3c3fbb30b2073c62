import { isObject, type Json } from '../generate/json.js';
import type { ShownRequest } from './requests.js';

/** A request with one of its bodies, as an import file has it. */
export type Variant = { title: string; body: Json | undefined };

/** One for each body that the contract shows, or a single one without. */
export function variantsOf({ summary, bodies }: ShownRequest): Variant[] {
  if (bodies.size === 0) return [{ title: summary, body: undefined }];
  return [...bodies].map(([name, body]) => ({
    title: bodies.size === 1 ? summary : `${summary}: ${name}`,
    body,
  }));
}

/** A field of a form: a text, or a file to choose. */
export type FormField = { name: string; text: string | undefined };

/** The fields of a body that is sent as a form; texts are those of the example. */
export function formFieldsOf({ schema }: ShownRequest, body: Json | undefined): FormField[] {
  const properties = schema !== undefined && isObject(schema.properties) ? schema.properties : {};
  return Object.entries(properties).map(([name, property]) => {
    const isFile =
      isObject(property) && (property.format === 'binary' || property.contentMediaType !== undefined);
    const value = isObject(body) ? body[name] : undefined;
    return {
      name,
      text: isFile ? undefined : typeof value === 'string' ? value : JSON.stringify(value ?? ''),
    };
  });
}

/** Where the sandbox listens when nothing is configured. */
export const SANDBOX_URL = 'http://127.0.0.1:3000';
/** The token for metrics when nothing is configured. */
export const SANDBOX_METRICS_TOKEN = 'development-metrics';
