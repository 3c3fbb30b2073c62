import { each, makeProducts, must, openCarts, type Api } from './shop.js';

const UNITS = 1_000;
const CARTS = 2_000;
const ADDS = 10_000;

export type OversellResult = { accepted: number; refused: number; seconds: number };

/**
 * 2,000 carts try 10,000 times to put one unit of the same product into the cart, of which there are 1,000. Throws unless
 * exactly 1,000 succeed, every other try is told that there is not enough, and the books agree.
 */
export async function oversell(url: string, admin: Api): Promise<OversellResult> {
  const [filler] = await makeProducts(admin, 1);
  const [scarce] = await makeProducts(admin, 1, UNITS);
  if (filler === undefined || scarce === undefined) throw new Error('no products');
  const carts = await openCarts(url, CARTS, filler.id);

  const started = performance.now();
  const answers = await each(ADDS, async (index) => {
    const response = await fetch(`${url}/v1/cart/items`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: carts[(index * 7) % CARTS] ?? '' },
      body: JSON.stringify({ productId: scarce.id, quantity: 1 }),
    });
    const { code } = (await response.json()) as { code?: string };
    return response.ok ? 'held' : (code ?? 'unknown');
  });
  const seconds = (performance.now() - started) / 1000;

  const accepted = answers.filter((answer) => answer === 'held').length;
  const refused = answers.filter((answer) => answer === 'insufficient_stock').length;
  const inCarts = await each(CARTS, (index) => unitsIn(url, carts[index] ?? '', scarce.id));
  const { stock } = await must(
    admin.GET('/v1/admin/products/{productId}', { params: { path: { productId: scarce.id } } }),
  );
  const found = {
    accepted,
    refused,
    'units in carts': inCarts.reduce((total, units) => total + units, 0),
    'on hand': stock.onHand,
    available: stock.available,
    held: stock.held,
  };
  const right = [UNITS, ADDS - UNITS, UNITS, UNITS, 0, UNITS];
  if (Object.values(found).some((value, index) => value !== right[index])) {
    throw new Error(`stock was not held exactly: ${JSON.stringify(found)}`);
  }
  return { accepted, refused, seconds };
}

async function unitsIn(url: string, cookie: string, productId: string): Promise<number> {
  const response = await fetch(`${url}/v1/cart`, { headers: { cookie } });
  const { items } = (await response.json()) as { items: { productId: string; held: number }[] };
  return items.find((item) => item.productId === productId)?.held ?? 0;
}
