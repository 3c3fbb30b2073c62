import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { resolve } from 'node:path';
import { build } from 'esbuild';
import { listenOnLoopback, type HttpServer } from '../../src/sandbox/http.js';

const FOLDER = resolve(import.meta.dirname, '../../examples/storefront');
const STYLES = readdirSync(resolve(FOLDER, 'style')).map((file) => `style/${file}`);

/** What Razorpay's own Checkout opens its frames from, besides where its script comes from. */
const RAZORPAY = 'https://checkout.razorpay.com';
const RAZORPAY_FRAMES = 'https://api.razorpay.com';

export type StorefrontOptions = {
  /** 0: any free one. */
  port: number;
  /** The API's origin. */
  apiUrl: string;
  /** The address of Checkout's script. */
  checkoutUrl: string;
};

export type Storefront = HttpServer;

/**
 * Serves `examples/storefront` at 127.0.0.1, bundled anew for each load, so that a change shows after a reload. Rejects where
 * the port is taken.
 */
export async function startStorefront(options: StorefrontOptions): Promise<Storefront> {
  const policy = policyOf(options);
  const files: Readonly<Record<string, { type: string; body: () => Promise<string> }>> = {
    '/': { type: 'text/html', body: () => read('index.html') },
    ...Object.fromEntries(STYLES.map((file) => [`/${file}`, { type: 'text/css', body: () => read(file) }])),
    '/icon.svg': { type: 'image/svg+xml', body: () => read('icon.svg') },
    '/main.js': { type: 'text/javascript', body: () => bundle(options) },
  };
  const server = createServer((request, response) => {
    const host = request.headers.host ?? '';
    const asked = addressOf(host, request.url ?? '/');
    if (asked === undefined) {
      response.writeHead(400, { 'content-type': 'text/plain' }).end('This is no address\n');
      return;
    }
    const { hostname, pathname } = asked;
    // Cookies belong to a host name: a page at localhost would not be of the same site as an API at 127.0.0.1.
    if (hostname === 'localhost') {
      asked.hostname = '127.0.0.1';
      response.writeHead(308, { location: asked.href }).end();
      return;
    }
    const file = files[pathname];
    if (file === undefined) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found\n');
      return;
    }
    file.body().then(
      (body) => answer(response, file.type, body, policy),
      // esbuild has printed where the mistake is.
      () => response.writeHead(500, { 'content-type': 'text/plain' }).end('The bundle could not be made.\n'),
    );
  });
  return listenOnLoopback(server, options.port);
}

/** Undefined where the two make no address of a host. */
function addressOf(host: string, path: string): URL | undefined {
  if (!path.startsWith('/') || path.startsWith('//')) return undefined;
  const address = `http://${host}${path}`;
  return /^[a-z0-9.:[\]-]+$/i.test(host) && URL.canParse(address) ? new URL(address) : undefined;
}

function answer(response: ServerResponse, type: string, body: string, policy: string): void {
  response
    .writeHead(200, {
      'content-type': `${type}; charset=utf-8`,
      'cache-control': 'no-store',
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    })
    .end(body);
}

/** Scripts of ours and of Checkout, pictures and answers of the API, a frame of Checkout's; nothing else. */
function policyOf({ apiUrl, checkoutUrl }: StorefrontOptions): string {
  const [api, checkout] = [new URL(apiUrl).origin, new URL(checkoutUrl).origin];
  const frames = checkout === RAZORPAY ? `${checkout} ${RAZORPAY_FRAMES}` : checkout;
  return [
    "default-src 'none'",
    `script-src 'self' ${checkout}`,
    "style-src 'self'",
    `img-src 'self' ${api}`,
    `connect-src ${api}`,
    `frame-src ${frames}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

async function read(name: string): Promise<string> {
  return readFileSync(resolve(FOLDER, name), 'utf8');
}

async function bundle({ apiUrl, checkoutUrl }: StorefrontOptions): Promise<string> {
  const made = await build({
    entryPoints: [resolve(FOLDER, 'src/main.ts')],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    sourcemap: 'inline',
    define: { API_URL: JSON.stringify(apiUrl), CHECKOUT_URL: JSON.stringify(checkoutUrl) },
  });
  return made.outputFiles[0]?.text ?? '';
}
