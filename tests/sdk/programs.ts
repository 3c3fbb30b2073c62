import { cpSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { objectAt, textAt } from '../../scripts/generate/json.js';
import { makeSdk, SDKS } from '../../scripts/sdk/make.js';
import { MissingTool, needed, run } from '../../scripts/sdk/tools.js';
import { generated } from '../contract/contract.reader.js';
import { checkManifest } from './manifests.js';

const SOURCES = resolve('tests/sdk');
const TRIALS = join(SDKS, 'trials');

/** A program that uses an SDK: what to run, and where. */
export type Program = { command: string; args: string[]; cwd: string };

/** Builds the SDK of a language, and the program of this folder that uses it. Throws MissingTool where that takes what is not there. */
type Build = () => Promise<Program>;

/** An empty folder with the program's sources. */
function trial(language: string): string {
  const folder = join(TRIALS, language);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(join(SOURCES, language), folder, { recursive: true });
  return folder;
}

/** Makes an SDK whose package says that it is ours. */
async function checked(language: string): Promise<string> {
  const folder = await makeSdk(language);
  const { version } = objectAt(generated('openapi.json').info, 'info');
  checkManifest(language, folder, textAt(version, 'info.version'));
  return folder;
}

async function typescript(): Promise<Program> {
  const sdk = await checked('typescript');
  const cwd = trial('typescript');
  const tsc = resolve('node_modules/typescript/bin/tsc');
  run(process.execPath, [tsc, '--project', sdk]);
  mkdirSync(join(cwd, 'node_modules'));
  symlinkSync(sdk, join(cwd, 'node_modules/holdfast'));
  writeFileSync(join(cwd, 'package.json'), '{ "type": "module" }\n');
  const flags = ['--strict', '--target', 'es2022', '--module', 'nodenext', '--types', 'node'];
  run(process.execPath, [tsc, ...flags, 'shop.ts'], { cwd });
  return { command: process.execPath, args: ['shop.js'], cwd };
}

async function python(): Promise<Program> {
  const sdk = await checked('python');
  const cwd = trial('python');
  const environment = join(TRIALS, 'python-environment');
  const interpreter = join(environment, 'bin/python');
  if (!existsSync(interpreter)) run(needed('python3', 'to try the SDK with'), ['-m', 'venv', environment]);
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
  run(interpreter, [...pip, '--force-reinstall', '--no-deps', sdk]);
  run(interpreter, [...pip, sdk]);
  return { command: interpreter, args: ['shop.py'], cwd };
}

async function java(): Promise<Program> {
  const [maven, compiler] = [needed('mvn', 'to build the SDK'), needed('javac', 'to compile with it')];
  const sdk = await checked('java');
  const cwd = trial('java');
  const skipped = ['-Dmaven.test.skip=true', '-Dmaven.javadoc.skip=true', '-Dmaven.source.skip=true'];
  run(maven, ['--batch-mode', '--quiet', ...skipped, 'package', 'dependency:copy-dependencies'], {
    cwd: sdk,
  });
  const path = [join(sdk, 'target', '*'), join(sdk, 'target/dependency', '*'), cwd].join(delimiter);
  run(compiler, ['-cp', path, 'Shop.java'], { cwd });
  return { command: 'java', args: ['-cp', path, 'Shop'], cwd };
}

async function go(): Promise<Program> {
  const compiler = needed('go', 'to build the SDK');
  const sdk = await checked('go');
  const cwd = trial('go');
  run(compiler, ['vet', '.'], { cwd: sdk });
  const module = [
    'module example.com/shop',
    'go 1.23',
    'require github.com/example/holdfast v0.0.0',
    `replace github.com/example/holdfast => ${sdk}`,
  ];
  writeFileSync(join(cwd, 'go.mod'), `${module.join('\n\n')}\n`);
  run(compiler, ['build', '-mod=mod', '-o', 'shop', '.'], { cwd });
  return { command: join(cwd, 'shop'), args: [], cwd };
}

/** SDKs that are built and used. */
export const builds: Readonly<Record<string, Build>> = { typescript, python, java, go };

/** SDKs that are made, for want of a toolchain that would build them everywhere. */
export const made: Readonly<Record<string, () => Promise<string>>> = {
  csharp: () => checked('csharp'),
  php: () => checked('php'),
};

export { MissingTool };
