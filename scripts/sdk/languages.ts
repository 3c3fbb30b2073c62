import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { objectAt } from '../generate/json.js';
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

/** Whose copies they are is for whoever publishes them to say. */
const GIT = { user: 'example', repository: 'holdfast' };
const KEYWORDS = ['holdfast', 'e-commerce', 'api'];

type Properties = (of: Pick<Input, 'version' | 'publisher'>) => Record<string, string>;

/** `properties`: options of the generator for this language, among them those by which a package would name the generator as its maker. */
function generated(generator: string, properties: Properties, library?: string): Make {
  return async (input) => {
    const { twin, folder, bench, version } = input;
    const config = join(bench, 'config.json');
    // In a file, so that a comma in a sentence is a comma.
    writeFileSync(config, JSON.stringify({ ...COMMON, ...properties(input) }));
    await openApiGenerator([
      ...['generate', '--input-spec', twin, '--generator-name', generator, '--output', folder],
      ...(library === undefined ? [] : ['--library', library]),
      ...['--config', config],
      ...['--git-user-id', GIT.user, '--git-repo-id', GIT.repository],
      ...['--release-note', `Made of version ${version} of the contract`],
      ...['--http-user-agent', `holdfast-${generator}/${version}`],
      ...['--global-property', 'apiTests=false,modelTests=false'],
    ]);
  };
}

async function python({ contract, bench, folder, publisher }: Input): Promise<void> {
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
  // It asks nobody who made the package.
  const file = join(folder, 'pyproject.toml');
  const told = readFileSync(file, 'utf8').replace(
    /^description = .*\nauthors = \[\]$/m,
    [
      `description = ${JSON.stringify(publisher.summary)}`,
      `authors = [${JSON.stringify(publisher.name)}]`,
      `homepage = ${JSON.stringify(publisher.homepage)}`,
      `license = ${JSON.stringify(publisher.licence.name)}`,
    ].join('\n'),
  );
  writeFileSync(file, told);
}

const phpPackage = generated('php', ({ version, publisher }) => ({
  invokerPackage: 'Holdfast',
  composerPackageName: 'example/holdfast',
  artifactVersion: version,
  artifactUrl: publisher.homepage,
  developerOrganization: publisher.name,
  developerOrganizationUrl: publisher.homepage,
  // Composer knows this one word in small letters.
  licenseName: publisher.licence.name.toLowerCase(),
}));

/** The generator has no option for the keywords of the package, and puts its own name there. */
async function php(input: Input): Promise<void> {
  await phpPackage(input);
  const file = join(input.folder, 'composer.json');
  const manifest = objectAt(JSON.parse(readFileSync(file, 'utf8')), file);
  writeFileSync(file, `${JSON.stringify({ ...manifest, keywords: KEYWORDS }, null, 4)}\n`);
}

/** Every language that can be asked for. */
export const languages: Readonly<Record<string, Make>> = {
  typescript: makeTypeScript,
  python,
  java: generated(
    'java',
    ({ version, publisher }) => ({
      groupId: 'example.holdfast',
      artifactId: 'holdfast',
      artifactVersion: version,
      artifactDescription: publisher.summary,
      artifactUrl: publisher.homepage,
      scmUrl: `https://github.com/${GIT.user}/${GIT.repository}`,
      scmConnection: `scm:git:https://github.com/${GIT.user}/${GIT.repository}.git`,
      scmDeveloperConnection: `scm:git:https://github.com/${GIT.user}/${GIT.repository}.git`,
      developerName: publisher.name,
      developerEmail: '',
      developerOrganization: publisher.name,
      developerOrganizationUrl: publisher.homepage,
      licenseName: publisher.licence.name,
      licenseUrl: publisher.licence.url,
      invokerPackage: 'example.holdfast',
      apiPackage: 'example.holdfast.api',
      modelPackage: 'example.holdfast.model',
      openApiNullable: 'false',
      // A list that is left out is no empty list.
      containerDefaultToNull: 'true',
    }),
    'native',
  ),
  go: generated('go', ({ version }) => ({
    packageName: 'holdfast',
    packageVersion: version,
    generateInterfaces: 'true',
  })),
  csharp: generated('csharp', ({ version, publisher }) => ({
    packageName: 'Holdfast',
    packageVersion: version,
    packageTitle: publisher.title,
    packageDescription: publisher.summary,
    packageAuthors: publisher.name,
    packageCompany: publisher.name,
    packageCopyright: `${publisher.licence.name}: ${publisher.licence.url}`,
    packageTags: KEYWORDS.join(' '),
  })),
  php,
};
