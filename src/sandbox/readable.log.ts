const HEAD = new Set([
  'level',
  'time',
  'msg',
  'method',
  'operation',
  'path',
  'status',
  'ms',
  'requestId',
  'address',
]);
const LEVELS: Readonly<Record<number, string>> = { 40: 'WARN ', 50: 'ERROR', 60: 'FATAL' };

/** Where the log goes in development: one line a person can read for each JSON line that production would write. */
export const readableLog = {
  write(line: string): void {
    process.stdout.write(`${readable(line)}\n`);
  },
};

function readable(line: string): string {
  const entry = new Map<string, unknown>(Object.entries(parsed(line)));
  const of = (name: string): string => {
    const value = entry.get(name);
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  };
  const time = of('time').slice(11, 19);
  const level = LEVELS[Number(entry.get('level'))] ?? '     ';
  const what =
    of('msg') === 'request'
      ? `${of('method')} ${of('operation') || of('path')} ${of('status')} ${of('ms')} ms`
      : of('msg');
  const more = [...entry].filter(([name]) => !HEAD.has(name));
  return `${time} ${level} ${what}${more.length === 0 ? '' : ` ${JSON.stringify(Object.fromEntries(more))}`}`;
}

function parsed(line: string): object {
  try {
    const entry: unknown = JSON.parse(line);
    return typeof entry === 'object' && entry !== null ? entry : { msg: line };
  } catch {
    return { msg: line.trimEnd() };
  }
}
