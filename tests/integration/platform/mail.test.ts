import { execFile } from 'node:child_process';
import { expect, it } from '@jest/globals';

/** A process of Node 20 (by its word) that makes a mailer, and what it writes. */
const SCRIPT = `
  Object.defineProperty(process, 'version', { value: 'v20.19.0' });
  const { createMailer } = await import('./src/platform/mail.ts');
  const ses = { region: 'ap-south-1', accessKeyId: 'key', secretAccessKey: 'secret' };
  createMailer({ ses, endpoint: 'http://127.0.0.1:9', from: { name: 'Shop', address: 'shop@shop.example' } });
  process.stdout.write('made');
`;

const written = (env: Record<string, string> = {}): Promise<string> =>
  new Promise((done) => {
    execFile(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '-e', SCRIPT],
      { env: { PATH: process.env['PATH'] ?? '', ...env } },
      (_error, stdout, stderr) => done(`${stdout}${stderr}`),
    );
  });

it('X3: a start warns of nothing on Node 20, unless that is asked for', async () => {
  expect(await written()).toBe('made');
  expect(await written({ AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'false' })).toContain(
    'NodeVersionSupportWarning',
  );
});
