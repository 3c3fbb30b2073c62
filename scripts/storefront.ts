/*
 * `npm run storefront`: the example storefront at http://127.0.0.1:5173, against the API that `npm start` runs.
 * `-- --port 5180` chooses the port, `--api http://127.0.0.1:3100` another API, `--checkout <url>` another Checkout.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { atFreePort, portOf, serve } from './serving.js';
import { startStorefront } from './storefront/server.js';

const RAZORPAY_CHECKOUT = 'https://checkout.razorpay.com/v1/checkout.js';
const SANDBOX = '.sandbox/addresses.json';

type Addresses = { apiUrl?: string; razorpayUrl?: string };

/** What the sandbox wrote when it started; nothing where it never did. */
function readAddresses(): Addresses {
  try {
    return JSON.parse(readFileSync(SANDBOX, 'utf8')) as Addresses;
  } catch {
    return {};
  }
}

/** The sandbox's own Checkout; Razorpay's where the API works with Razorpay itself. */
function checkoutOf({ razorpayUrl }: Addresses): string {
  if (razorpayUrl === undefined) return RAZORPAY_CHECKOUT;
  const { hostname } = new URL(razorpayUrl);
  return hostname === '127.0.0.1' ? `${razorpayUrl}/v1/checkout.js` : RAZORPAY_CHECKOUT;
}

/** Asks as the page will ask, so that what would fail there without a word is told here. */
async function refuseUselessApi(apiUrl: string, origin: string): Promise<void> {
  const answer = await fetch(`${apiUrl}/health/live`, { headers: { origin } }).catch((cause: unknown) => {
    throw new Error(
      `no API answers at ${apiUrl}. Start it in another terminal: npm start. Or name another: npm run storefront -- --api <url>`,
      { cause },
    );
  });
  if (answer.headers.get('access-control-allow-origin') === origin) return;
  const { port } = new URL(apiUrl);
  throw new Error(
    `the API refuses pages of ${origin}. Start it with all that may call: PORT=${port} CORS_ORIGINS=http://localhost:5173,${origin} npm start`,
  );
}

serve('The storefront', async () => {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '5173' },
      api: { type: 'string' },
      checkout: { type: 'string' },
    },
  });
  const port = portOf(values.port);
  const addresses = readAddresses();
  const apiUrl = values.api ?? addresses.apiUrl ?? 'http://127.0.0.1:3000';
  const checkoutUrl = values.checkout ?? checkoutOf(addresses);
  for (const url of [apiUrl, checkoutUrl]) {
    if (!URL.canParse(url)) throw new Error(`${url} is no address`);
  }
  const starting = startStorefront({ port, apiUrl, checkoutUrl });
  const storefront = await atFreePort(starting, port, 'npm run storefront');
  await refuseUselessApi(apiUrl, storefront.url);
  process.stdout.write(`
The storefront is at ${storefront.url}

  API        ${apiUrl}
  Checkout   ${checkoutUrl}

It is made anew at each reload. Where to read: examples/storefront/README.md. Ctrl-C stops it.
`);
  return storefront;
});
