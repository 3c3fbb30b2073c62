import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { messageOf } from '../../src/platform/errors.js';
import { ensureWheel, findProgram, sitePackages } from '../../src/sandbox/programs.js';

/** The generators, as PyPI has them; the second one carries a program for Java. */
const PYTHON_GENERATOR = 'openapi-python-client==0.29.1';
const JAVA_GENERATOR = 'openapi-generator-cli==7.26.0';
const JAVA_AT_LEAST = 11;
/** The folder under which the tools are installed, the same that the sandbox uses. */
const TOOLS = '.sandbox';

/** What is needed is not on this machine; the message says what, and what to do. */
export class MissingTool extends Error {}

const log = (line: string): boolean => process.stdout.write(`${line}\n`);

/** Runs a program to its end. Throws its last lines where it fails. */
export function run(
  command: string,
  args: readonly string[],
  options: { cwd?: string; env?: Record<string, string> } = {},
): string {
  const done = spawnSync(command, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (done.status === 0) return done.stdout;
  const told = `${done.stdout}\n${done.stderr}`.trim().split('\n').slice(-25).join('\n');
  throw new Error(`${command} ${args.slice(0, 4).join(' ')} failed:\n${done.error?.message ?? told}`);
}

/** The full path of a program; throws MissingTool, saying what it is needed for. */
export function needed(program: string, what: string): string {
  const path = findProgram(program);
  if (path === undefined) throw new MissingTool(`${program} is not on the PATH (${what})`);
  return path;
}

/** A Java that runs, new enough for the generator. */
export function java(): string {
  const path = needed('java', `a Java of version ${JAVA_AT_LEAST} or newer, for OpenAPI Generator`);
  const { stderr, status } = spawnSync(path, ['-version'], { encoding: 'utf8' });
  const version = Number(/version "(\d+)/.exec(stderr)?.[1] ?? 0);
  if (status !== 0 || version < JAVA_AT_LEAST) {
    throw new MissingTool(`java on the PATH is not of version ${JAVA_AT_LEAST} or newer`);
  }
  return path;
}

async function wheel(name: string): Promise<string> {
  try {
    return await ensureWheel({ toolsDir: TOOLS, wheel: name, log });
  } catch (error) {
    throw new MissingTool(`${name} cannot be installed: ${messageOf(error)}`);
  }
}

/** Runs openapi-python-client with these arguments. */
export async function pythonGenerator(args: readonly string[]): Promise<void> {
  const environment = join(process.cwd(), await wheel(PYTHON_GENERATOR));
  // It formats what it wrote with ruff, which it looks for on the PATH.
  const env = { PATH: `${join(environment, 'bin')}:${process.env['PATH'] ?? ''}` };
  run(join(environment, 'bin/python'), ['-m', 'openapi_python_client', ...args], { env });
}

/** Runs OpenAPI Generator with these arguments. */
export async function openApiGenerator(args: readonly string[]): Promise<void> {
  const program = java();
  const environment = await wheel(JAVA_GENERATOR);
  const jar = join(sitePackages(environment), 'openapi_generator_cli/openapi-generator.jar');
  run(program, ['-jar', jar, ...args]);
}
