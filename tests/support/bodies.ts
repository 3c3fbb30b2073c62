import type { ApiError, Cart, CartItem } from '../../generated/openapi.js';

/** The body of an answer, taken for what its operation documents: every answer of a test run is checked against that. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
export function bodyOf<Body>(answer: { body: unknown }): Body {
  return answer.body as Body;
}

/** Why a request was refused. */
export function codeOf(answer: { body: unknown }): ApiError['code'] {
  return bodyOf<ApiError>(answer).code;
}

/** Where a refused request is wrong. */
export function wrongPlaces(answer: { body: unknown }): string[] {
  return (bodyOf<ApiError>(answer).errors ?? []).map(({ path }) => path);
}

/** The cart's line of a product; throws where there is none. */
export function lineOf(answer: { body: unknown }, productId: string): CartItem {
  const line = bodyOf<Cart>(answer).items.find((item) => item.productId === productId);
  if (line === undefined) throw new Error(`the cart has no line of ${productId}`);
  return line;
}

/** What the answer sets a cookie to, attributes and all; undefined where it leaves the cookie alone. */
export function cookieSet(answer: { headers: unknown }, name: string): string | undefined {
  const set = (answer.headers as { 'set-cookie'?: string[] })['set-cookie'] ?? [];
  return set.find((cookie) => cookie.startsWith(`${name}=`));
}
