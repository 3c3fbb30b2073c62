import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openApiGenerator, pythonGenerator } from './tools.js';
import type { Publisher } from './publisher.js';
import { makeTypeScript } from './typescript.js';

/** What an SDK is made of. */
export type Input = {
  /** The contract as OpenAPI 3.1, and its 3.0.3 twin. */
  contract: string;
  twin: string;
  version: string;
  publisher: Publisher;
  /** A folder for what the generators are told; it goes away afterwards. */
  bench: string;
  /** An empty folder for the SDK. */
  folder: string;
};

/** One language: writes an SDK into the folder; throws MissingTool where the machine lacks what it takes. */
type Make = (input: Input) => Promise<void>;

/** What OpenAPI Generator is told for all languages: no timestamps, and values of enums that came later do not make an answer unreadable. */
const COMMON = { hideGenerationTimestamp: 'true', enumUnknownDefaultCase: 'true' };

function generated(generator: string, properties: Record<string, string>, library?: string): Make {
  return async ({ twin, folder, version }) => {
    const all = Object.entries({ ...COMMON, ...properties }).map(
      ([name, value]) => `${name}=${value.replace('$VERSION', version)}`,
    );
    await openApiGenerator([
      ...['generate', '--input-spec', twin, '--generator-name', generator, '--output', folder],
      ...(library === undefined ? [] : ['--library', library]),
      ...['--additional-properties', all.join(',')],
      ...['--git-user-id', 'example', '--git-repo-id', 'holdfast'],
      ...['--global-property', 'apiTests=false,modelTests=false'],
    ]);
  };
}

async function python({ contract, bench, folder }: Input): Promise<void> {
  const config = join(bench, 'python-config.yaml');
  const settings = [
    'project_name_override: holdfast',
    'package_name_override: holdfast',
    // It knows no other text, and no pictures.
    'content_type_overrides: { application/yaml: text/plain, image/webp: application/octet-stream }',
  ];
  writeFileSync(config, `${settings.join('\n')}\n`);
  await pythonGenerator([
    ...['generate', '--path', contract, '--output-path', folder, '--overwrite', '--config', config],
    '--fail-on-warning',
  ]);
}

/** Every language that can be asked for. */
export const languages: Readonly<Record<string, Make>> = {
  typescript: makeTypeScript,
  python,
  java: generated(
    'java',
    {
      groupId: 'example.holdfast',
      artifactId: 'holdfast',
      artifactVersion: '$VERSION',
      invokerPackage: 'example.holdfast',
      apiPackage: 'example.holdfast.api',
      modelPackage: 'example.holdfast.model',
      openApiNullable: 'false',
      // A list that is left out is no empty list.
      containerDefaultToNull: 'true',
    },
    'native',
  ),
  go: generated('go', { packageName: 'holdfast', packageVersion: '$VERSION', generateInterfaces: 'true' }),
  csharp: generated('csharp', { packageName: 'Holdfast', packageVersion: '$VERSION' }),
  php: generated('php', {
    invokerPackage: 'Holdfast',
    composerPackageName: 'example/holdfast',
    artifactVersion: '$VERSION',
  }),
};
