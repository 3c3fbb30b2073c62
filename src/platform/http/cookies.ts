import type { Response } from 'express';
import type { SetCookie } from './operation.js';

/**
 * The cookies of a request by name. The first of several of one name counts, as a browser sends the most specific first.
 * Always texts: a value is never taken for JSON.
 */
export function parseCookies(header: string | undefined): Record<string, string> {
  const cookies = new Map<string, string>();
  for (const pair of header?.split(';') ?? []) {
    const at = pair.indexOf('=');
    if (at < 1) continue;
    const name = pair.slice(0, at).trim();
    if (name !== '' && !cookies.has(name)) cookies.set(name, decoded(pair.slice(at + 1).trim()));
  }
  return Object.fromEntries(cookies);
}

function decoded(value: string): string {
  const bare = value.startsWith('"') && value.endsWith('"') && value.length > 1 ? value.slice(1, -1) : value;
  if (!bare.includes('%')) return bare;
  try {
    return decodeURIComponent(bare);
  } catch {
    return bare;
  }
}

/** Scripts never see our cookies, and other sites send them with a visit (a link) only, never with a request of theirs. */
export function setCookie(response: Response, cookie: SetCookie, options: { secure: boolean }): void {
  const flags = { httpOnly: true, sameSite: 'lax', path: '/', secure: options.secure } as const;
  if ('clear' in cookie) response.clearCookie(cookie.name, flags);
  else response.cookie(cookie.name, cookie.value, { ...flags, maxAge: cookie.maxAgeMs });
}
