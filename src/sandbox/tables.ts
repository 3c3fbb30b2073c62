import { appendFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Values by id, oldest first. Setting an id again keeps its place. */
export interface Table<T> {
  get(id: string): T | undefined;
  set(id: string, value: T): void;
  values(): T[];
  clear(): void;
}

export interface Tables {
  table<T>(name: string): Table<T>;
}

interface Line {
  table: string;
  id: string;
  /** Absent: the table was emptied. */
  value?: unknown;
}

/**
 * Tables in memory that, given a file, are also written to it line by line before a change returns, so that even a
 * killed process keeps what it has answered for. Reading it back, a torn last line is left out, and the file is
 * replaced at once by one with only the newest value of each id.
 */
export function openTables(file?: string): Tables {
  const maps = new Map<string, Map<string, unknown>>();
  const mapOf = (name: string): Map<string, unknown> => {
    const map = maps.get(name) ?? new Map<string, unknown>();
    maps.set(name, map);
    return map;
  };
  if (file !== undefined) {
    for (const { table, id, value } of readLines(file)) {
      if (value === undefined) mapOf(table).clear();
      else mapOf(table).set(id, value);
    }
    replaceFile(file, maps);
  }
  const note = (line: Line): void => {
    if (file !== undefined) appendFileSync(file, `${JSON.stringify(line)}\n`);
  };
  return {
    table: <T>(name: string): Table<T> => {
      // The file is our own, and each table is opened by the one module that writes it.
      const map = mapOf(name) as Map<string, T>;
      return {
        get: (id) => map.get(id),
        set: (id, value) => {
          note({ table: name, id, value });
          map.set(id, value);
        },
        values: () => [...map.values()],
        clear: () => {
          note({ table: name, id: '' });
          map.clear();
        },
      };
    },
  };
}

function readLines(file: string): Line[] {
  let text = '';
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return [];
  }
  return text.split('\n').flatMap((line) => {
    try {
      return [JSON.parse(line) as Line];
    } catch {
      return [];
    }
  });
}

function replaceFile(file: string, maps: Map<string, Map<string, unknown>>): void {
  const lines = [...maps].flatMap(([table, map]) =>
    [...map].map(([id, value]) => `${JSON.stringify({ table, id, value })}\n`),
  );
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, lines.join(''), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
