import { readdirSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { fitsItsWidth, LOOKS, openPage, picture, startBrowser } from '../support/browser.js';
import { startShopProcess, type ShopProcess } from '../support/shop.process.js';

/** The addresses of all pages that the build has made. */
const PAGES = readdirSync('dist/docs')
  .filter((file) => file.endsWith('.html') && file !== 'not-found.html')
  .map((file) => (file === 'index.html' ? '/docs' : `/docs/${file.replace(/\.html$/, '')}`));

/** Pages of each kind, to look at. */
const PICTURED = ['/docs', '/docs/quick-start', '/docs/errors', '/docs/reference-contacts', '/docs/try'];

let browser: Browser;
let shop: ShopProcess;

beforeAll(async () => {
  [browser, shop] = await Promise.all([startBrowser(), startShopProcess()]);
});
afterAll(async () => {
  await browser.close();
  await shop.stop();
});

describe.each(LOOKS)('X1: on $name', ({ name, ...look }) => {
  it.each(PAGES)('%s opens without a complaint, fits, and says where it is', async (address) => {
    const { page, context, complaints } = await openPage(browser, look);
    await page.goto(`${shop.url}${address}`, { waitUntil: 'networkidle' });
    if (PICTURED.includes(address))
      await picture(page, `docs${address.replace('/docs', '').replace('/', '-')}-${name}`);
    expect(await fitsItsWidth(page)).toBe(true);
    expect(complaints()).toEqual([]);
    expect(await page.locator('h1').count()).toBe(1);
    for (const landmark of ['banner', 'main', 'search'] as const)
      expect(await page.getByRole(landmark).isVisible()).toBe(true);
    expect(await page.getByRole('navigation', { name: 'Pages' }).isVisible()).toBe(true);
    await context.close();
  });
});

it('X1: a page that was opened before opens again', async () => {
  const { page, context, complaints } = await openPage(browser, LOOKS[2]);
  for (const address of ['/docs', '/docs/reference', '/docs'])
    await page.goto(`${shop.url}${address}`, { waitUntil: 'networkidle' });
  expect(complaints()).toEqual([]);
  expect(await page.evaluate('getComputedStyle(document.body).margin')).toBe('0px');
  await context.close();
});

it.each(LOOKS)(
  'X1: on $name whoever goes where no page is finds on from there',
  async ({ name, ...look }) => {
    const { page, context, complaints } = await openPage(browser, look);
    const answer = await page.goto(`${shop.url}/docs/no/such-page`, { waitUntil: 'networkidle' });
    expect(answer?.status()).toBe(404);
    await picture(page, `docs-not-found-${name}`);
    expect(await fitsItsWidth(page)).toBe(true);
    await page.getByRole('heading', { name: 'There is no such page' }).waitFor();
    // The page itself is one that could not be loaded; whatever it is drawn with could.
    expect(complaints().filter((one) => !one.includes('/docs/no/such-page'))).toEqual([]);
    await page.keyboard.press('/');
    await page.keyboard.type('placeOrder');
    await page.locator('#search-results [aria-selected=true]').waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/docs\/reference-orders#placeOrder$/);
    await context.close();
  },
);

it('X1: every link of every page leads to something that this server answers', async () => {
  const found = new Set<string>();
  for (const address of PAGES) {
    const text = await (await fetch(`${shop.url}${address}`)).text();
    for (const [, target = ''] of text.matchAll(/\s(?:href|src)="(\/[^"#]*)/g)) found.add(target);
  }
  expect(found.size).toBeGreaterThan(PAGES.length);
  for (const target of found)
    expect([target, (await fetch(`${shop.url}${target}`)).status]).toEqual([target, 200]);
});

describe('X1: by keyboard', () => {
  let page: Page;
  let context: BrowserContext;
  beforeEach(async () => {
    ({ page, context } = await openPage(browser, LOOKS[2]));
    await page.goto(`${shop.url}/docs`, { waitUntil: 'networkidle' });
  });
  afterEach(() => context.close());

  /** Goes to the box, looks for the words, and opens the result at this address. */
  async function find(words: string, address: string): Promise<void> {
    await page.keyboard.press('/');
    await page.keyboard.type(words);
    await page.locator('#search-results [aria-selected=true]').waitFor();
    const chosen = page.locator('#search-results [aria-selected=true] a');
    for (let step = 0; step < 12 && (await chosen.getAttribute('href')) !== address; step += 1)
      await page.keyboard.press('ArrowDown');
    expect(await chosen.getAttribute('href')).toBe(address);
    await page.keyboard.press('Enter');
    await page.waitForURL(`${shop.url}${address}`);
  }

  it('an error code is found', async () => {
    await find('insufficient_stock', '/docs/errors#insufficient_stock');
    expect(await page.locator('#insufficient_stock').isVisible()).toBe(true);
  });

  it('an operation is found', async () => {
    await find('placeOrder', '/docs/reference-orders#placeOrder');
    expect(await page.locator('#placeOrder h2').textContent()).toContain('Place an order');
  });

  it('a section of a guide is found', async () => {
    await page.goto(`${shop.url}/docs/quick-start`);
    const heading = page.locator('article h2').first();
    const id = (await heading.getAttribute('id')) ?? '';
    const words = ((await heading.textContent()) ?? '').replace('#', '').trim();
    await page.goto(`${shop.url}/docs`, { waitUntil: 'networkidle' });
    await find(words, `/docs/quick-start#${id}`);
  });

  it('results are announced, arrows go round, Escape closes and then leaves', async () => {
    await page.keyboard.press('/');
    await page.keyboard.type('refund');
    await page.locator('#search-results [aria-selected=true]').waitFor();
    expect(await page.locator('#search-status').textContent()).toMatch(/^\d+ results$/);
    const box = page.locator('#search');
    expect(await box.getAttribute('aria-expanded')).toBe('true');
    expect(await box.getAttribute('aria-activedescendant')).toBe('result-0');
    await page.keyboard.press('ArrowUp');
    const count = await page.locator('#search-results [role=option]').count();
    expect(await box.getAttribute('aria-activedescendant')).toBe(`result-${count - 1}`);
    await page.keyboard.press('ArrowDown');
    expect(await box.getAttribute('aria-activedescendant')).toBe('result-0');
    await picture(page, 'docs-search-desktop-light');
    await page.keyboard.press('Escape');
    const results = page.locator('#search-results');
    expect(await results.isVisible()).toBe(false);
    const address = page.url();
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowUp');
    expect([await results.isVisible(), page.url()]).toEqual([false, address]);
    await page.keyboard.press('ArrowDown');
    await results.waitFor();
    expect(await box.getAttribute('aria-activedescendant')).toBe('result-0');
    await page.keyboard.press('Escape');
    await results.waitFor({ state: 'hidden' });
    await page.keyboard.press('Escape');
    expect(await page.evaluate('document.activeElement.id')).not.toBe('search');
  });

  it('what is not there is told', async () => {
    await page.keyboard.press('/');
    await page.keyboard.type('xylophone quartz');
    await page.locator('#search-results .nothing').waitFor();
    expect(await page.locator('#search-status').textContent()).toBe('0 results');
  });

  it('the first stop leads to the content, and every stop can be seen', async () => {
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('To the content');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('content');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid');
  });
});

it('X1: code is copied with the address of this server in it', async () => {
  const { page, context } = await openPage(browser, LOOKS[2]);
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: shop.url });
  await page.goto(`${shop.url}/docs/reference-cart#getCart`);
  const figure = page.locator('#getCart figure.code').first();
  await figure.hover();
  await figure.locator('button').click();
  await figure.getByText('Copied').waitFor();
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe(
    `curl ${shop.url}/v1/cart \\\n  -b jar -c jar`,
  );
  await context.close();
});

describe('X1: trying operations', () => {
  let page: Page;
  let context: BrowserContext;
  let complaints: () => readonly string[];
  beforeEach(async () => {
    ({ page, context, complaints } = await openPage(browser, LOOKS[2]));
  });
  afterEach(async () => {
    // Refusals of a policy and exceptions, beside the statuses that are asked for here.
    expect(complaints().filter((one) => !one.startsWith('Failed to load resource'))).toEqual([]);
    await context.close();
  });

  const open = async (id: string): Promise<void> => {
    await page.goto(`${shop.url}/docs/try#${id}`, { waitUntil: 'networkidle' });
    await page.locator(`.trial a[href$="#${id}"]`).waitFor();
  };
  const send = async (status: RegExp): Promise<void> => {
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    const line = page.locator('.status-line .status');
    await line.waitFor();
    expect(await line.textContent()).toMatch(status);
  };
  const body = async (): Promise<unknown> =>
    JSON.parse((await page.locator('.answer-view figure.code code').first().textContent()) ?? '');
  const firstProduct = async (): Promise<string> => {
    const answer = (await (await fetch(`${shop.url}/v1/products?inStock=true`)).json()) as {
      data: { id: string }[];
    };
    return answer.data[0]?.id ?? '';
  };

  it('somebody registers, signs out and in again, and fills a cart', async () => {
    const email = `docs-${crypto.randomUUID()}@example.com`;
    const password = 'correct horse battery';
    const who = page.locator('.who');
    const asked: string[] = [];
    page.on('request', (one) => asked.push(new URL(one.url()).pathname));
    await open('register');
    await who.getByText('Nobody has signed in here.').waitFor();
    expect(asked.filter((path) => path.startsWith('/v1/'))).toEqual([]);
    await page.getByRole('button', { name: 'Who is signed in?' }).click();
    await who.getByText('Nobody is signed in.').waitFor();
    await page.locator('#body').fill(JSON.stringify({ name: 'Asha Rao', email, password }));
    await send(/^201 /);
    await who.getByText(`Signed in as Asha Rao (${email}, user).`).waitFor();

    await page.getByRole('button', { name: 'Sign out' }).click();
    await who.getByText('Nobody is signed in.').waitFor();
    await page.getByText('Sign in, or use a token').click();
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password').fill('not the right one');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.locator('.sign-in .problem').getByText(/\S/).waitFor();
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await who.getByText(`Signed in as Asha Rao`).waitFor();

    const productId = await firstProduct();
    await open('addCartItem');
    await who.getByText(`Signed in as Asha Rao`).waitFor();
    await page.locator('#body').fill(JSON.stringify({ productId, quantity: 1 }));
    await send(/^200 /);
    expect(await body()).toMatchObject({ items: [{ productId, quantity: 1 }] });
    await picture(page, 'docs-try-answer-desktop-light');
    await page.getByText('The same as a command').click();
    expect(await page.locator('.command code').textContent()).toContain(`curl ${shop.url}/v1/cart/items`);
  });

  it('names in the texts of parameters are shown as code', async () => {
    await open('listProducts');
    expect(await page.locator('#query-inStock-hint code').allTextContents()).toEqual(['true', 'false']);
    expect(await page.locator('.trial').textContent()).not.toContain('`');
  });

  it('a refusal shows what is wrong, at its field and in a list', async () => {
    await open('listProducts');
    await page.locator('#query-limit').fill('1000');
    await page.locator('#query-sort').selectOption('price');
    await send(/^400 /);
    expect(await body()).toMatchObject({ code: 'validation_failed', errors: [{ path: '/query/limit' }] });
    expect(await page.locator('.field-errors li code').allTextContents()).toEqual(['/query/limit']);
    expect(await page.locator('#query-limit').getAttribute('aria-invalid')).toBe('true');
    expect(await page.locator('#query-limit-problem').textContent()).toMatch(/\S/);
    await page.locator('#query-limit').fill('2');
    await send(/^200 /);
    expect(await page.locator('#query-limit').getAttribute('aria-invalid')).toBe('false');
  });

  it('a token counts instead of the cookie, and a key is new each time', async () => {
    await open('placeOrder');
    const key = page.locator('#header-Idempotency-Key');
    const first = await key.inputValue();
    expect(first).toMatch(/^[0-9a-f]{32}$/);
    await page.getByRole('button', { name: 'New key' }).click();
    expect(await key.inputValue()).not.toBe(first);
    await page.getByText('Sign in, or use a token').click();
    await page.getByLabel('Bearer token').fill('not-a-token');
    await send(/^401 /);
    expect(await page.locator('.command code').textContent()).toContain(
      "'Authorization: Bearer not-a-token'",
    );
    await page.locator('#body-example').selectOption({ index: 2 });
    expect(await page.locator('#body').inputValue()).toBe('{}');
  });

  it('whoever sends by key stays at the button, and sends once', async () => {
    await open('listProducts');
    const asked: string[] = [];
    page.on('request', (one) => asked.push(new URL(one.url()).pathname));
    let letGo = (): void => undefined;
    const held = new Promise<void>((go) => (letGo = go));
    await page.route('**/v1/products', async (route) => {
      await held;
      await route.continue();
    });
    await page.getByRole('button', { name: 'Send', exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('Waiting for the answer…').waitFor();
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Send');
    letGo();
    await page.locator('.status-line .status').waitFor();
    expect(asked.filter((path) => path === '/v1/products')).toHaveLength(1);
    await send(/^200 /);
  });

  it.each([
    ['.', /leads to another operation/],
    ['..', /leads to another operation/],
    ['\ud800', /half a character/],
  ])('a path is not sent with %j in it, and can be sent once it is right', async (value, words) => {
    await open('getProduct');
    const field = page.locator('#path-productId');
    // Keys cannot write half a character, programs can.
    await page.evaluate(
      `{ const input = document.querySelector('#path-productId'); input.value = ${JSON.stringify(value)};
         input.dispatchEvent(new Event('input', { bubbles: true })); }`,
    );
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    expect(await page.locator('.answer-view .notice').textContent()).toMatch(words);
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    await field.fill(await firstProduct());
    await send(/^200 /);
    expect(await field.getAttribute('aria-invalid')).toBe('false');
  });

  it('operations are found by a filter, and chosen by keyboard', async () => {
    await open('listProducts');
    await page.getByLabel('Filter operations').fill('reconciliation repair');
    expect(await page.locator('.choices a:visible').count()).toBe(2);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.locator('.trial a[href$="#listStockRepairs"]').waitFor();
  });

  it('a picture is sent as a file, and shown where one is answered', async () => {
    await open('addProductImage');
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.locator('#form-image').click(),
    ]);
    await chooser.setFiles({ name: 'lamp.png', mimeType: 'image/png', buffer: Buffer.from('no picture') });
    await page.getByText('The same as a command').click();
    expect(await page.locator('.command code').textContent()).toContain('-F image=@lamp.png');
    await send(/^401 /);

    const answer = (await (await fetch(`${shop.url}/v1/products`)).json()) as {
      data: { images: { url: string }[] }[];
    };
    const [, imageId = ''] = /images\/([^/]+)\//.exec(JSON.stringify(answer.data)) ?? [];
    await open('getProductImage');
    await page.locator('#path-imageId').fill(imageId);
    await send(/^200 /);
    await page.locator('.answer-view img').waitFor();
    expect(await page.evaluate("document.querySelector('.answer-view img').naturalWidth")).toBeGreaterThan(1);
  });
});
