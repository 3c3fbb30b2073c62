/** Where a caller stands with one limit after a request that counted for it. */
export type Standing = {
  /** The limit and whom it counts, such as `new-carts-address`. */
  name: string;
  /** So many are allowed in each window. */
  most: number;
  windowMs: number;
  /** How many the window has seen, this one included. */
  used: number;
  /** For so long the window still lasts, ms. */
  resetMs: number;
};

/** The headers in which every limit of the API is told (draft 8 of the IETF's RateLimit fields). */
export function limitHeaders({ name, most, windowMs, used, resetMs }: Standing): Record<string, string> {
  const left = Math.max(0, most - used);
  return {
    RateLimit: `"${name}"; r=${left}; t=${seconds(resetMs)}`,
    'RateLimit-Policy': `"${name}"; q=${most}; w=${seconds(windowMs)}`,
  };
}

/** The same with the time after which it is worth another try, for an answer that refuses. */
export function refusalHeaders(standing: Standing): Record<string, string> {
  return { ...limitHeaders(standing), 'Retry-After': String(Math.max(1, seconds(standing.resetMs))) };
}

function seconds(ms: number): number {
  return Math.ceil(ms / 1000);
}
