import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { findProgram } from '../../src/sandbox/programs.js';

const PROGRAMS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Where pictures of pages are kept for people to look at: a folder that is never committed, unless another is named. */
const PICTURES = resolve(process.env['HOLDFAST_PICTURES'] ?? '.sandbox/pictures');

/** What a page is looked at with: a phone and a desktop, each light and dark. */
export const LOOKS = [
  { name: 'phone-light', viewport: { width: 390, height: 844 }, colorScheme: 'light' },
  { name: 'phone-dark', viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
  { name: 'desktop-light', viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
  { name: 'desktop-dark', viewport: { width: 1280, height: 900 }, colorScheme: 'dark' },
] as const;

/** Starts the machine's own Chromium, which reaches nothing but loopback. Throws where there is none. */
export async function startBrowser(): Promise<Browser> {
  const executablePath = PROGRAMS.map((name) => findProgram(name)).find((path) => path !== undefined);
  if (executablePath === undefined) {
    throw new Error(
      'The browser tests need Chromium on the PATH. On Debian and Ubuntu: apt-get install chromium.',
    );
  }
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // Whatever a page would load from elsewhere fails here as it does without internet.
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
    ],
  });
}

/** A page that keeps what went wrong in it: errors, failed loads, refusals of its Content-Security-Policy. */
export type WatchedPage = {
  page: Page;
  context: BrowserContext;
  /** Everything that the console called an error and every exception so far; a test expects it to be empty. */
  complaints(): readonly string[];
};

export async function openPage(
  browser: Browser,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<WatchedPage> {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  return { page, context, complaints: () => complaints };
}

/** True where nothing of the page lies beyond the right edge of the window, so that a phone never scrolls sideways. */
export async function fitsItsWidth(page: Page): Promise<boolean> {
  return page.evaluate('document.documentElement.scrollWidth <= window.innerWidth');
}

/** Keeps a picture of the page as it is, for people to look at: the whole of it, or what the window shows. */
export async function picture(
  page: Page,
  name: string,
  { fullPage = true }: { fullPage?: boolean } = {},
): Promise<void> {
  const path = resolve(PICTURES, `${name}.png`);
  await mkdir(dirname(path), { recursive: true });
  await page.screenshot({ path, fullPage });
}
