import { messageOf } from './errors.js';
import type { JobReport } from './jobs.js';

/** The report of a run that has done nothing yet. */
export function emptyReport(): JobReport {
  return { examined: 0, changed: 0, failures: [] };
}

/**
 * Does one piece of a run and counts it; `work` answers whether it changed something. Never throws: what goes wrong with one
 * `subject` stands in the report, and the run goes on with the next.
 */
export async function tryOne(
  report: JobReport,
  subject: string,
  work: () => Promise<boolean>,
): Promise<'done' | 'failed'> {
  report.examined += 1;
  try {
    if (await work()) report.changed += 1;
    return 'done';
  } catch (error) {
    report.failures.push({ subject, message: messageOf(error) });
    return 'failed';
  }
}
