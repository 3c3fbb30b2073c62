import {
  accountMenu,
  onAccount,
  requireAccount,
  restoreAccount,
  signInPage,
  registerPage,
} from './account.js';
import { SESSION_ENDED } from './api.js';
import { cataloguePage, productPage } from './catalogue.js';
import { cartLink, cartPage, loadCart, onCart } from './cart.js';
import { checkoutPage } from './checkout.js';
import { announce, wordsFor } from './dom.js';
import { orderPage, ordersPage } from './orders.js';
import { go, startRouter } from './router.js';

const find = (selector: string): HTMLElement => {
  const found = document.querySelector(selector);
  if (found instanceof HTMLElement) return found;
  throw new Error(`index.html has no ${selector}`);
};

const menu = (): void => find('#menu').replaceChildren(accountMenu(), cartLink());
onAccount(menu);
onCart(menu);

// The address names the page, so the skip link must not change it.
find('.skip').addEventListener('click', (event) => {
  event.preventDefault();
  find('#page').focus();
});

// Units that were held may have lapsed while the tab was out of sight.
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') void refresh();
});

const refresh = (): Promise<void> => loadCart().catch((error: unknown) => announce(wordsFor(error)));

// Who is not known yet, since nobody answers, is asked for by the pages that need an account.
await Promise.all([restoreAccount().catch(() => undefined), refresh()]);
menu();
startRouter(
  {
    '/': cataloguePage,
    '/products/:productId': productPage,
    '/cart': cartPage,
    '/sign-in': signInPage,
    '/register': registerPage,
    '/checkout': requireAccount(checkoutPage),
    '/orders': requireAccount(ordersPage),
    '/orders/:orderId': requireAccount(orderPage),
  },
  find('#page'),
  () => Promise.all([restoreAccount(), loadCart()]),
);

// Only now: a session that ended before the visit keeps nobody from looking around.
addEventListener(SESSION_ENDED, () => {
  announce('Your session has ended. Sign in to go on where you were.');
  go('/sign-in', { then: location.hash.slice(1) });
});
