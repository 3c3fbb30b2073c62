import type { Operation } from '../contract.js';
import { trialAddress, trialForm, trialHeaders, unsendableOf, type Filled } from '../trial.js';
import { element, messageOf } from './dom.js';
import type { Session } from './try.session.js';

/** What came back, and what the server found wrong with each place of the request (`/query/limit`, in small letters). */
export type Outcome = {
  view: HTMLElement;
  problems: ReadonlyMap<string, string>;
  /** Whether the server did it. */
  isDone: boolean;
};

/** A longer body is cut where it is shown. */
const MOST_SHOWN = 200_000;

/** Sends what was filled in. An answer that does not come is an outcome, too. */
export async function sendTrial(operation: Operation, filled: Filled, session: Session): Promise<Outcome> {
  const unsendable = unsendableOf(filled);
  if (unsendable !== undefined) {
    const { field, words } = unsendable;
    const problems = new Map([[`/${field.place}/${field.name.toLowerCase()}`, words]]);
    return { view: notice(`Not sent: ${words}`), problems, isDone: false };
  }
  try {
    const address = trialAddress(operation, filled);
    const form = operation.body?.type === 'multipart/form-data' ? trialForm(filled) : undefined;
    const began = performance.now();
    const response = await fetch(address, {
      method: operation.method.toUpperCase(),
      headers: trialHeaders(operation, filled, session.bearer()),
      credentials: session.credentials(),
      redirect: 'manual',
      cache: 'no-store',
      body: form ?? filled.body ?? null,
    });
    const bytes = await response.blob();
    return await outcomeOf(response, bytes, Math.round(performance.now() - began));
  } catch (error) {
    const why = messageOf(error);
    const text = `The request could not be sent, or nothing came back: ${why}`;
    return { view: notice(text), problems: new Map(), isDone: false };
  }
}

function notice(text: string): HTMLElement {
  return element('p', { class: 'notice', role: 'alert' }, text);
}

async function outcomeOf(response: Response, bytes: Blob, took: number): Promise<Outcome> {
  const type = response.headers.get('Content-Type') ?? '';
  const isPicture = type.startsWith('image/') && !type.includes('svg');
  const text = isPicture ? '' : await bytes.text();
  const value = type.includes('json') ? parsed(text) : undefined;
  const errors = fieldErrorsOf(value);
  const view = element(
    'div',
    {},
    element('h3', {}, 'Answer'),
    statusLine(response, bytes.size, took),
    errors.length > 0 && errorList(errors),
    isPicture ? picture(bytes) : bodyView(value === undefined ? text : JSON.stringify(value, null, 2)),
    headersView(response),
  );
  const problems = new Map(errors.map(({ path, message }) => [path.toLowerCase(), message]));
  return { view, problems, isDone: response.ok };
}

function statusLine({ status, statusText, type }: Response, size: number, took: number): HTMLElement {
  // A browser shows nothing of an answer that leads elsewhere.
  const isRedirect = type === 'opaqueredirect';
  const kind = isRedirect ? 'elsewhere' : status < 300 ? 'good' : status < 400 ? 'elsewhere' : 'bad';
  const words = isRedirect ? 'an answer that leads elsewhere' : `${status} ${statusText}`;
  return element(
    'p',
    { class: 'status-line', role: 'status' },
    element('span', { class: `status ${kind}` }, words),
    ` ${took} ms · ${size.toLocaleString('en-GB')} bytes`,
  );
}

function bodyView(text: string): HTMLElement {
  if (text === '') return element('p', { class: 'hint' }, 'No body.');
  const shown = text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}\n… (cut here)` : text;
  return element('figure', { class: 'code' }, element('pre', {}, element('code', {}, shown)));
}

function picture(bytes: Blob): HTMLElement {
  const image = element('img', { src: URL.createObjectURL(bytes), alt: 'The picture that was answered' });
  image.addEventListener('load', () => URL.revokeObjectURL(image.src), { once: true });
  return image;
}

function headersView({ headers }: Response): HTMLElement {
  const lines = [...headers].map(([name, value]) => `${name}: ${value}`).join('\n');
  return element(
    'details',
    { class: 'headers' },
    element('summary', {}, 'Headers'),
    element('figure', { class: 'code' }, element('pre', {}, element('code', {}, lines))),
    element('p', { class: 'hint' }, 'Cookies are not among them: browsers keep those from pages.'),
  );
}

type FieldError = { path: string; message: string };

function errorList(errors: readonly FieldError[]): HTMLElement {
  const items = errors.map(({ path, message }) =>
    element('li', {}, element('code', {}, path), ` ${message}`),
  );
  return element('ul', { class: 'field-errors', 'aria-label': 'What is wrong with the request' }, ...items);
}

function fieldErrorsOf(value: unknown): FieldError[] {
  if (typeof value !== 'object' || value === null || !('errors' in value) || !Array.isArray(value.errors))
    return [];
  return value.errors.filter(isFieldError);
}

function isFieldError(value: unknown): value is FieldError {
  return (
    typeof value === 'object' &&
    value !== null &&
    'path' in value &&
    typeof value.path === 'string' &&
    'message' in value &&
    typeof value.message === 'string'
  );
}

/** The value of a JSON text; undefined where it is none after all. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
