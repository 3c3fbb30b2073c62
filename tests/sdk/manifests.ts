import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What each package tells of itself, where its registry reads it. */
const MANIFESTS: Readonly<Record<string, string>> = {
  typescript: 'package.json',
  python: 'pyproject.toml',
  java: 'pom.xml',
  go: 'go.mod',
  csharp: 'src/Holdfast/Holdfast.csproj',
  php: 'composer.json',
};

/** Names of generators, and what they put where nobody said anything. A dependency of a package may be theirs. */
const FOREIGN =
  /openapi[- ]?(?:tools|generator|library)|>openapi<|unlicense|no copyright|minor update|your name|authors = \[\]/i;

/** Throws where a package names the generator as its maker, or lacks its version. */
export function checkManifest(language: string, folder: string, version: string): void {
  const name = MANIFESTS[language];
  if (name === undefined) throw new Error(`nobody knows the manifest of ${language}`);
  const lines = readFileSync(join(folder, name), 'utf8').split('\n');
  const foreign = lines.filter((line) => FOREIGN.test(line) && !/<groupId>org\.openapitools</.test(line));
  if (foreign.length > 0) throw new Error(`${name} names the generator:\n${foreign.join('\n')}`);
  // A module of Go has its version from its tag.
  if (language !== 'go' && !lines.some((line) => line.includes(version)))
    throw new Error(`${name} does not have the version ${version}`);
}
