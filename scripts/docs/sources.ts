/** Whatever the pages are made from, the packages that make them included: files, and folders with all that is in them. */
export const DOCS_SOURCES: readonly string[] = [
  'generated/openapi.json',
  'docs/guides',
  'docs/errors.yaml',
  'scripts/docs',
  'scripts/contract',
  'scripts/generate/json.ts',
  'src/platform/config.ts',
  'src/platform/errors.ts',
  'src/platform/http/limits.ts',
  'package-lock.json',
];
