/** What a reader of a mail sees of it. Parts that are not there are empty. */
export interface ReadMime {
  /** Names in lower case; of a name given twice the last one. */
  headers: Record<string, string>;
  html: string;
  text: string;
}

/** Reads a raw mail: the first HTML and the first text part, wherever they are nested. Attachments are left out. */
export function readMime(raw: Buffer): ReadMime {
  // latin1 keeps every byte as one character, so that parts can be decoded by their own charset afterwards.
  return readPart(raw.toString('latin1'));
}

function readPart(source: string): ReadMime {
  const gap = /\r?\n\r?\n/.exec(source);
  const head = gap === null ? source : source.slice(0, gap.index);
  const body = gap === null ? '' : source.slice(gap.index + gap[0].length);
  const headers = readHeaders(head);
  const type = headers['content-type'] ?? 'text/plain';
  const boundary = /boundary="?([^";]+)"?/i.exec(type)?.[1];
  if (boundary !== undefined) {
    const parts = splitParts(body, boundary).map(readPart);
    const first = (pick: (part: ReadMime) => string): string =>
      parts.map(pick).find((text) => text !== '') ?? '';
    return { headers, html: first((part) => part.html), text: first((part) => part.text) };
  }
  if (/attachment/i.test(headers['content-disposition'] ?? '')) return { headers, html: '', text: '' };
  const content = decodeBody(body, headers['content-transfer-encoding'] ?? '7bit', type);
  if (/^text\/html/i.test(type)) return { headers, html: content, text: '' };
  return { headers, html: '', text: /^text\/plain/i.test(type) ? content : '' };
}

function readHeaders(head: string): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const line of head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const [, name, value] = /^([^:\s]+):\s*(.*)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) headers[name.toLowerCase()] = decodeWords(value);
  }
  return headers;
}

function splitParts(body: string, boundary: string): string[] {
  const pieces = `\n${body}`.split(`\n--${boundary}`).slice(1);
  // What follows the boundary on its line is no content; two hyphens there mark the last one.
  const parts = pieces.filter((piece) => !piece.startsWith('--'));
  return parts.map((piece) => piece.slice(piece.indexOf('\n') + 1).replace(/\r$/, ''));
}

function decodeBody(body: string, encoding: string, type: string): string {
  const charset = /charset="?([^";\s]+)"?/i.exec(type)?.[1] ?? 'utf-8';
  return new TextDecoder(charset).decode(decodeTransfer(body, encoding.trim().toLowerCase()));
}

function decodeTransfer(body: string, encoding: string): Buffer {
  if (encoding === 'base64') return Buffer.from(body, 'base64');
  if (encoding !== 'quoted-printable') return Buffer.from(body, 'latin1');
  return unquote(body.replace(/[ \t]*=\r?\n/g, ''));
}

function unquote(text: string): Buffer {
  const bytes = text.replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1');
}

/** Header words like `=?UTF-8?B?…?=`; the space between two of them is not part of the text. */
function decodeWords(value: string): string {
  const joined = value.replace(/\?=\s+=\?/g, '?==?');
  return joined.replace(
    /=\?([^?]+)\?([BbQq])\?([^?]*)\?=/g,
    (_, charset: string, kind: string, data: string) => {
      const bytes =
        kind.toLowerCase() === 'b' ? Buffer.from(data, 'base64') : unquote(data.replaceAll('_', ' '));
      return new TextDecoder(charset).decode(bytes);
    },
  );
}
