/** A request as it goes out. The address is whole. */
export type PlainRequest = {
  method: string;
  url: string;
  headers: readonly (readonly [name: string, value: string])[];
  body?:
    | { kind: 'text'; text: string }
    /** The fields of a form; a file is named, its bytes are read by curl. */
    | { kind: 'form'; fields: readonly { name: string; value: string; isFile: boolean }[] };
  /** Cookies are kept in the file `jar` between calls. */
  keepsCookies?: boolean;
};

/** The same request as a command for a shell of the POSIX kind, one option on a line. */
export function curlOf({ method, url, headers, body, keepsCookies = false }: PlainRequest): string {
  const hasDefaultMethod = method === 'get' || (method === 'post' && body !== undefined);
  const options = [
    ...(hasDefaultMethod ? [] : [`-X ${method.toUpperCase()}`]),
    ...(keepsCookies ? ['-b jar -c jar'] : []),
    ...headers.map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...bodyOptions(body),
  ];
  return [`curl ${quoted(url)}`, ...options].join(' \\\n  ');
}

function bodyOptions(body: PlainRequest['body']): string[] {
  if (body === undefined) return [];
  if (body.kind === 'text') return [`--data ${quoted(body.text)}`];
  return body.fields.map(({ name, value, isFile }) =>
    isFile ? `-F ${quoted(`${name}=@${value}`)}` : `--form-string ${quoted(`${name}=${value}`)}`,
  );
}

/** A header whose token the shell puts in: the only text that it is to read anything in. */
const TOKEN_HEADER = /^Authorization: Bearer \$(METRICS_)?TOKEN$/;

/** One word for the shell, whatever is in it. */
function quoted(text: string): string {
  if (TOKEN_HEADER.test(text)) return `"${text}"`;
  if (/^[A-Za-z0-9_./:=@-]+$/.test(text)) return text;
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
