/* Moments, lengths of time and states, as people read them. */

/** @param {string} status */
export const words = (status) => status.replaceAll('_', ' ');

/**
 * @param {number} at ms since 1970
 * @returns {string} such as 18:04:07
 */
export const timeOf = (at) => new Date(at).toISOString().slice(11, 19);

/** @param {number} at ms since 1970 */
export const dayAndTime = (at) => `${new Date(at).toISOString().slice(0, 10)} ${timeOf(at)} UTC`;

/**
 * @param {number} ms
 * @returns {string} such as 14:59, 1 h 02 min, 3 d 4 h
 */
export function duration(ms) {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const [days, hours, minutes] = [
    Math.floor(seconds / 86400),
    Math.floor(seconds / 3600),
    Math.floor(seconds / 60),
  ];
  if (days > 0) return `${days} d ${hours % 24} h`;
  if (hours > 0) return `${hours} h ${String(minutes % 60).padStart(2, '0')} min`;
  return `${minutes}:${String(seconds % 60).padStart(2, '0')}`;
}

/** @param {number} seconds */
export function interval(seconds) {
  if (seconds < 120) return `${seconds} s`;
  return seconds < 3600 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}
