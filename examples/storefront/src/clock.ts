import { el } from './dom.js';

/*
 * The shop's time, not the visitor's: a computer may be minutes wrong. Each cart says what time it is at the server, and
 * from then on only the time that has passed since is measured.
 */
let known = { serverMs: Date.now(), at: performance.now() };

export function learnTime(serverTime: string): void {
  known = { serverMs: Date.parse(serverTime), at: performance.now() };
}

export function serverNow(): number {
  return known.serverMs + performance.now() - known.at;
}

const FIRST_LOOK_MS = 1_000;
const LOOK_AGAIN_MS = 5_000;

/** Counts down to `until`, and from then on calls `over` every few seconds for as long as it stands on the page. */
export function countdown(until: string, over: () => Promise<void>): HTMLElement {
  const end = Date.parse(until);
  const shown = el('span', { class: 'countdown', role: 'timer' });
  let nextLook = FIRST_LOOK_MS;
  const tick = (): void => {
    const left = end - serverNow();
    shown.textContent = clockFace(left);
    shown.classList.toggle('urgent', left < 60_000);
    if (left > -nextLook) return;
    nextLook = LOOK_AGAIN_MS - left;
    // A look that fails is followed by another one.
    over().catch(() => undefined);
  };
  const timer = setInterval(() => {
    if (shown.isConnected) tick();
    else clearInterval(timer);
  }, 1_000);
  tick();
  return shown;
}

/** 5:09, 1:02:03 or 2 d 3 h. */
function clockFace(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1_000));
  const [days, hours, minutes] = [86_400, 3_600, 60].map((unit) => Math.floor(seconds / unit));
  if (days !== undefined && hours !== undefined && days > 0) return `${days} d ${hours % 24} h`;
  const two = (value: number): string => String(value).padStart(2, '0');
  const rest = `${two((minutes ?? 0) % 60)}:${two(seconds % 60)}`;
  return (hours ?? 0) > 0 ? `${hours ?? 0}:${rest}` : rest.replace(/^0/, '');
}
