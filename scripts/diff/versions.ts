import type { Change } from './changes.js';

/** Major, minor, patch. */
export type Version = readonly [number, number, number];

/** Throws unless the text is three numbers with dots between them. */
export function parseVersion(text: string): Version {
  const [, major, minor, patch] = /^(\d+)\.(\d+)\.(\d+)$/.exec(text) ?? [];
  if (major === undefined || minor === undefined || patch === undefined) {
    throw new Error(`${text} is no version such as 1.4.0`);
  }
  return [Number(major), Number(minor), Number(patch)];
}

/** Below zero where `one` is the older version. */
export function compareVersions(one: Version, other: Version): number {
  return one[0] - other[0] || one[1] - other[1] || one[2] - other[2];
}

/**
 * The lowest version that a contract with these changes may have. From 1.0.0 on, a breaking change needs a new major version and any
 * other a new minor one. Before, each number stands one place further right: 0.4.2 -> 0.5.0, and 0.4.3.
 */
export function lowestVersion([major, minor, patch]: Version, changes: readonly Change[]): Version {
  if (changes.length === 0) return [major, minor, patch];
  const breaking = changes.some((change) => change.breaking);
  if (major === 0) return breaking ? [0, minor + 1, 0] : [0, minor, patch + 1];
  return breaking ? [major + 1, 0, 0] : [major, minor + 1, 0];
}

/** What is wrong with the changelog of a contract that differs from the released one; undefined where nothing is. */
export function changelogProblem(
  changelog: string,
  { version, breaking }: { version: string; breaking: boolean },
): string | undefined {
  const [, section] = changelog.split(new RegExp(`^## ${version.replaceAll('.', '\\.')}\\b.*$`, 'm'));
  if (section === undefined) return `has no section "## ${version}"`;
  const [own = ''] = section.split(/^## /m);
  if (breaking && !/^### Breaking$/m.test(own))
    return `does not tell in "## ${version}", under "### Breaking", what breaks`;
  return undefined;
}
