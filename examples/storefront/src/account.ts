import type { User } from '../../../generated/openapi.js';
import { api, ask, askOnce, Refused, send, SESSION_ENDED, Unanswered } from './api.js';
import { cart, loadCart } from './cart.js';
import { action, announce, el, form, type Field } from './dom.js';
import { go, link, type Page, type Visit } from './router.js';

/*
 * Who is signed in. The session itself is a cookie that no script can read, so this only remembers that there was one: a
 * visitor who never signed in is not asked for at each start.
 */
const REMEMBERED = 'storefront.signed-in';
let user: User | undefined;
const listeners: (() => void)[] = [];

export const account = (): User | undefined => user;
export const onAccount = (listener: () => void): number => listeners.push(listener);

function become(next: User | undefined): void {
  user = next;
  if (next === undefined) localStorage.removeItem(REMEMBERED);
  else localStorage.setItem(REMEMBERED, 'yes');
  for (const listener of listeners) listener();
}

addEventListener(SESSION_ENDED, () => become(undefined));

const isRemembered = (): boolean => localStorage.getItem(REMEMBERED) !== null;

/** Finds out who is signed in; throws where nobody says. */
export async function restoreAccount(): Promise<void> {
  if (user !== undefined || !isRemembered()) return;
  await ask(() => api.GET('/v1/users/me')).then(become, (error: unknown) => {
    // Where the session is over, SESSION_ENDED has said so.
    if (isRemembered()) throw error;
  });
}

/** A guest's cart comes with whoever signs in; what did not fit is told there. */
async function enter(next: User, query: URLSearchParams): Promise<void> {
  become(next);
  await loadCart();
  announce(`Welcome, ${next.name}.`);
  go(cart().leftOut.length > 0 ? '/cart' : (query.get('then') ?? '/'));
}

async function leave(): Promise<void> {
  await send(() => api.POST('/v1/auth/logout'));
  become(undefined);
  await loadCart();
  go('/');
}

/** The page for whoever is signed in; others sign in first, and come back to it. */
export function requireAccount(page: Page): Page {
  return async (visit) => {
    await restoreAccount();
    if (user !== undefined) return page(visit);
    return signInPage({ ...visit, query: new URLSearchParams({ then: location.hash.slice(1) }) });
  };
}

export function accountMenu(): Node {
  const menu = document.createDocumentFragment();
  menu.append(el('a', { href: link('/') }, 'Shop'));
  if (user === undefined) menu.append(el('a', { href: link('/sign-in') }, 'Sign in'));
  else {
    menu.append(
      el('a', { href: link('/orders') }, 'Orders'),
      action('Sign out', leave, { class: 'plain', title: user.email }),
    );
  }
  return menu;
}

const EMAIL: Field = { name: 'email', label: 'E-mail', input: { type: 'email', autocomplete: 'email' } };
const passwordField = (autocomplete: string): Field => ({
  name: 'password',
  label: 'Password',
  input: { type: 'password', autocomplete },
});
const NEW_PASSWORD: Field = { ...passwordField('new-password'), hint: 'At least 8 characters' };

export async function signInPage({ query }: Visit): Promise<Node> {
  const fields = [EMAIL, passwordField('current-password')];
  return el(
    'section',
    { class: 'narrow' },
    el('h1', {}, 'Sign in'),
    form(fields, 'Sign in', async ({ email = '', password = '' }) => {
      await enter(await ask(() => api.POST('/v1/auth/login', { body: { email, password } })), query);
    }),
    el(
      'p',
      {},
      'New here? ',
      el('a', { href: link('/register', { then: query.get('then') ?? undefined }) }, 'Make an account'),
    ),
  );
}

/** Where nobody knows whether the account was made, a second try would be told that it is there, and nothing of whose it is. */
async function register(body: { name: string; email: string; password: string }): Promise<User> {
  return askOnce(() => api.POST('/v1/auth/register', { body })).catch((error: unknown) => {
    const isUnknown = error instanceof Unanswered || (error instanceof Refused && error.status === 503);
    if (!isUnknown) throw error;
    throw new Error(
      'The shop did not say whether your account is made. Try to sign in; if that is refused, make it again.',
      { cause: error },
    );
  });
}

export async function registerPage({ query }: Visit): Promise<Node> {
  const name: Field = { name: 'name', label: 'Name', input: { autocomplete: 'name' } };
  const fields = [name, EMAIL, NEW_PASSWORD];
  return el(
    'section',
    { class: 'narrow' },
    el('h1', {}, 'Make an account'),
    form(fields, 'Make the account', async ({ name = '', email = '', password = '' }) => {
      await enter(await register({ name, email, password }), query);
    }),
    el(
      'p',
      {},
      'You have one? ',
      el('a', { href: link('/sign-in', { then: query.get('then') ?? undefined }) }, 'Sign in'),
    ),
  );
}
