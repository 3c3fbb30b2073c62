import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { SendEmailCommand, SendRawEmailCommand, SESClient } from '@aws-sdk/client-ses';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { startSesSandbox, type Mail, type SesSandbox } from '../../../src/sandbox/ses.js';

const HTML = '<h1>Thanks, Zoë & co</h1>\n<p>₹ 500 + "tax" = 100%</p>';
const TEXT = 'Thanks, Zoë & co\n₹ 500 + "tax" = 100%';

let sandbox: SesSandbox;
let client: SESClient;

beforeEach(async () => {
  sandbox = await startSesSandbox({ log: () => undefined });
  client = clientOf(sandbox);
});

afterEach(async () => {
  client.destroy();
  await sandbox.stop();
});

function clientOf({ url }: SesSandbox): SESClient {
  return new SESClient({
    endpoint: url,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'sandbox', secretAccessKey: 'sandbox' },
    maxAttempts: 1,
    requestHandler: { requestTimeout: 200, throwOnRequestTimeout: true },
  });
}

const aMail = (to = 'zoe@example.com') =>
  new SendEmailCommand({
    Source: 'Holdfast <shop@example.com>',
    Destination: { ToAddresses: [to], CcAddresses: ['copy@example.com'] },
    ReplyToAddresses: ['help@example.com'],
    Message: {
      Subject: { Data: 'Your order №7', Charset: 'UTF-8' },
      Body: { Html: { Data: HTML, Charset: 'UTF-8' }, Text: { Data: TEXT, Charset: 'UTF-8' } },
    },
    Tags: [{ Name: 'kind', Value: 'order-confirmation' }],
  });

describe('sending', () => {
  it('a mail sent with the SDK is kept as it was written', async () => {
    const { MessageId } = await client.send(aMail());
    expect(sandbox.mails()).toEqual([
      {
        id: MessageId,
        at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
        from: 'Holdfast <shop@example.com>',
        to: ['zoe@example.com'],
        cc: ['copy@example.com'],
        bcc: [],
        replyTo: ['help@example.com'],
        subject: 'Your order №7',
        html: HTML,
        text: TEXT,
        tags: { kind: 'order-confirmation' },
        headers: {},
      },
    ]);
  });

  it('a raw mail is read: nested parts, encodings, encoded words', async () => {
    const encoded = Buffer.from(HTML).toString('base64');
    const quoted = Buffer.from(TEXT)
      .toString('latin1')
      .replace(/[^\n\x20-\x3c\x3e-\x7e]/g, (byte) => {
        return `=${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
      })
      .replaceAll('= 100', '=3D =\r\n100');
    const lines = [
      'From: shop@example.com',
      'To: Zoe <zoe@example.com>,\r\n other@example.com',
      `Subject: =?UTF-8?B?${Buffer.from('Your order ').toString('base64')}?= =?UTF-8?Q?=E2=84=967?=`,
      'X-Kind: receipt',
      'Content-Type: multipart/mixed; boundary="outer"',
      '',
      '--outer',
      'Content-Type: multipart/alternative; boundary=inner',
      '',
      '--inner',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      quoted,
      '--inner',
      'Content-Type: text/html; charset=utf-8',
      'Content-Transfer-Encoding: base64',
      '',
      encoded,
      '--inner--',
      '--outer',
      'Content-Type: text/plain; name=a.txt',
      'Content-Disposition: attachment; filename=a.txt',
      '',
      'not the text',
      '--outer--',
      '',
    ];
    await client.send(new SendRawEmailCommand({ RawMessage: { Data: Buffer.from(lines.join('\r\n')) } }));
    expect(sandbox.mails('zoe@example.com')).toMatchObject([
      {
        ...{ from: 'shop@example.com', to: ['Zoe <zoe@example.com>', 'other@example.com'] },
        ...{ subject: 'Your order №7', html: HTML, text: TEXT },
        headers: expect.objectContaining({ 'x-kind': 'receipt' }),
      },
    ]);
  });

  it('a mail to no address or from nobody is refused', async () => {
    await expect(client.send(aMail('nobody'))).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    expect(sandbox.mails()).toEqual([]);
  });
});

describe('trouble', () => {
  it.each([
    ['throttle', 'Throttling', 400],
    ['reject', 'MessageRejected', 400],
    ['error500', 'InternalFailure', 500],
  ] as const)('%s is the exception %s, and nothing is kept', async (mode, name, status) => {
    await sandbox.control.trouble({ mode, times: 1 });
    const thrown = expect.objectContaining({ httpStatusCode: status });
    await expect(client.send(aMail())).rejects.toMatchObject({ name, $metadata: thrown });
    expect(sandbox.mails()).toEqual([]);
    await client.send(aMail());
    expect(sandbox.mails()).toHaveLength(1);
  });

  it('down closes connections; act-then-hang takes the mail and does not say so', async () => {
    await sandbox.control.trouble({ mode: 'down' });
    await expect(client.send(aMail())).rejects.toThrow(/socket hang up/);
    expect(sandbox.mails()).toEqual([]);
    await sandbox.control.trouble({ mode: 'act-then-hang' });
    await expect(client.send(aMail())).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(sandbox.mails()).toHaveLength(1);
  });

  it('is set over HTTP too', async () => {
    await fetch(`${sandbox.url}/control/trouble`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"mode":"throttle"}',
    });
    await expect(client.send(aMail())).rejects.toMatchObject({ name: 'Throttling' });
  });
});

describe('reading', () => {
  it('lists by recipient, shows one under a policy that lets it do nothing, and forgets all', async () => {
    await client.send(aMail());
    await client.send(aMail('Max <max@example.com>'));
    const list = async (query: string) =>
      (await (await fetch(`${sandbox.url}/mails${query}`)).json()) as Mail[];
    expect(await list('')).toHaveLength(2);
    const [mail] = await list('?to=MAX@example.com');
    expect(mail).toMatchObject({ to: ['Max <max@example.com>'], html: HTML });
    const page = await fetch(`${sandbox.url}/mails/${mail?.id ?? ''}`);
    expect(await page.text()).toBe(HTML);
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'.*sandbox$/);
    await fetch(`${sandbox.url}/mails`, { method: 'DELETE' });
    expect(await list('')).toEqual([]);
  });

  it('a mail can be waited for', async () => {
    const coming = sandbox.control.waitForMail({ to: 'zoe@example.com', subject: 'order' });
    const overHttp = fetch(`${sandbox.url}/mails?to=zoe@example.com&wait=5000`);
    await client.send(aMail());
    expect(await coming).toMatchObject({ subject: 'Your order №7' });
    expect(await (await overHttp).json()).toHaveLength(1);
    await expect(sandbox.control.waitForMail({ to: 'nobody@example.com' }, 1)).rejects.toThrow(/No mail/);
  });

  it('mails in a store file outlive the server', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'ses-'));
    const storeFile = join(dir, 'mails.jsonl');
    try {
      const first = await startSesSandbox({ storeFile, log: () => undefined });
      const sender = clientOf(first);
      await sender.send(aMail());
      sender.destroy();
      await first.stop();
      const second = await startSesSandbox({ storeFile, log: () => undefined });
      expect(second.mails()).toMatchObject([{ html: HTML }]);
      await second.stop();
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
});
