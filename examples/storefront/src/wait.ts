/** Over after so many milliseconds. */
export function wait(ms: number): Promise<void> {
  return new Promise((over) => setTimeout(over, ms));
}
