import { requestsOf, type ShownParameter, type ShownRequest } from '../contract/requests.js';
import {
  formFieldsOf,
  SANDBOX_METRICS_TOKEN,
  SANDBOX_URL,
  variantsOf,
  type Variant,
} from '../contract/variants.js';
import type { JsonObject } from './json.js';

const BOUNDARY = 'holdfast-form';

const SIGN_IN: Record<ShownRequest['signIn'], string> = {
  none: 'For everybody.',
  optional: 'For everybody; who is signed in has a cart of their own.',
  user: 'Sign in first.',
  admin: 'Sign in as an admin first.',
  operator: "Needs the operator's token.",
};

/** Every operation as a request for an editor that sends `.http` files (VS Code with REST Client, the IDEs of JetBrains). */
export function httpFile(document: JsonObject, notice: string): string {
  const requests = requestsOf(document);
  const variables = new Map(
    requests.flatMap(({ pathParameters, headers }) =>
      [...pathParameters, ...headers.filter(({ required }) => required)].map(({ name, example }) => [
        variableOf(name),
        example,
      ]),
    ),
  );
  const head = [
    `# ${notice}`,
    '# Run "Sign in" once: the editor keeps the session cookie. The ids are those of the examples: put in your own.',
    '# Take a new idempotencyKey for each order.',
    '',
    `@baseUrl = ${SANDBOX_URL}`,
    `@metricsToken = ${SANDBOX_METRICS_TOKEN}`,
    ...[...variables].map(([name, value]) => `@${name} = ${value}`),
  ];
  const blocks = requests.flatMap((request) => variantsOf(request).map((variant) => block(request, variant)));
  return `${[head.join('\n'), ...blocks].join('\n\n')}\n`;
}

/** `Idempotency-Key` as a name that both kinds of editors take: idempotencyKey. */
function variableOf(name: string): string {
  const joined = name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  return joined.charAt(0).toLowerCase() + joined.slice(1);
}

const queryOf = (parameters: readonly ShownParameter[]): string =>
  parameters.map(({ name, example }) => `${name}=${encodeURIComponent(example)}`).join('&');

function block(request: ShownRequest, { title, body }: Variant): string {
  const path = request.path.replace(/\{(\w+)\}/g, (_, name: string) => `{{${variableOf(name)}}}`);
  const [needed, optional] = [
    request.query.filter(({ required }) => required),
    request.query.filter(({ required }) => !required),
  ];
  const query = needed.length === 0 ? '' : `?${queryOf(needed)}`;
  const lines = [
    `### ${title} (${request.id})`,
    `# ${SIGN_IN[request.signIn]}`,
    ...(optional.length === 0 ? [] : [`# May be asked for: ?${queryOf(optional)}`]),
    `${request.method.toUpperCase()} {{baseUrl}}${path}${query}`,
    ...request.headers
      .filter(({ required }) => required)
      .map(({ name }) => `${name}: {{${variableOf(name)}}}`),
    ...(request.signIn === 'operator' ? ['Authorization: Bearer {{metricsToken}}'] : []),
  ];
  return [...lines, ...bodyLines(request, body)].join('\n');
}

function bodyLines(request: ShownRequest, body: Variant['body']): string[] {
  if (request.type === undefined) return [];
  if (request.type !== 'multipart/form-data') {
    return [`Content-Type: ${request.type}`, '', JSON.stringify(body ?? {}, null, 2)];
  }
  const parts = formFieldsOf(request, body).flatMap(({ name, text }) =>
    text === undefined
      ? [
          `--${BOUNDARY}`,
          `Content-Disposition: form-data; name="${name}"; filename="${name}.png"`,
          'Content-Type: image/png',
          '',
          `< ./${name}.png`,
        ]
      : [`--${BOUNDARY}`, `Content-Disposition: form-data; name="${name}"`, '', text],
  );
  return [`Content-Type: multipart/form-data; boundary=${BOUNDARY}`, '', ...parts, `--${BOUNDARY}--`];
}
