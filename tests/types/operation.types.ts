/*
 * What the compiler refuses, proven by the compiler: each `@ts-expect-error` is itself an error when the line below it compiles.
 * Nothing here runs.
 */
import type { Cart, Order, User } from '../../generated/openapi.js';
import type {
  Api,
  Call,
  Handler,
  HandlersFor,
  Principal,
  Reply,
  Tag,
} from '../../src/platform/http/operation.js';

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
type Holds<Claim extends true> = Claim;

declare const user: User;
declare const cart: Cart;
declare const order: Order;
declare const api: Api;
declare const others: Omit<HandlersFor<'users'>, 'getOwnProfile'>;

const getOwnProfile: Handler<'getOwnProfile'> = () => Promise.resolve({ status: 200, body: user });

export const users: HandlersFor<'users'> = { ...others, getOwnProfile };

// @ts-expect-error an operation is missing
export const missing: HandlersFor<'users'> = others;

export const extra: HandlersFor<'users'> = {
  ...others,
  getOwnProfile,
  // @ts-expect-error the contract has no such operation
  getOwnProfil: getOwnProfile,
};

export const foreign: HandlersFor<'users'> = {
  ...others,
  getOwnProfile,
  // @ts-expect-error the operation belongs to another tag
  getCart: () => Promise.resolve({ status: 200 as const, body: cart }),
};

// @ts-expect-error the contract has no such tag
export const unknownTag: Tag = 'user';

// @ts-expect-error a module is missing
export const incomplete: Api = { users };

// @ts-expect-error the contract does not list this status
export const wrongStatus: Handler<'getOwnProfile'> = () => Promise.resolve({ status: 201, body: user });

// @ts-expect-error an error is thrown, not answered
export const answeredError: Handler<'getOrder'> = () => Promise.resolve({ status: 404, body: order });

// @ts-expect-error the body belongs to another operation
export const wrongBody: Handler<'getCart'> = () => Promise.resolve({ status: 200, body: order });

export const misspelt: Reply<'getLiveness'> = {
  status: 200,
  // @ts-expect-error the field is called status
  body: { state: 'ok' },
};

export const outsideEnum: Reply<'getLiveness'> = {
  status: 200,
  // @ts-expect-error the value is not in the enum
  body: { status: 'fine' },
};

// @ts-expect-error this answer has no body
export const bodyOfNothing: Reply<'logout'> = { status: 204, body: user };

export const notText: Reply<'getMetrics'> = {
  status: 200,
  // @ts-expect-error the body is text
  body: { up: 1 },
};

export const notBytes: Reply<'getProductImage'> = {
  status: 200,
  // @ts-expect-error the body is bytes
  body: 'a picture',
};

// @ts-expect-error this answer has no body
export const bytesOfNothing: Reply<'getProductImage'> = { status: 304, body: new Uint8Array() };

export const picture: Reply<'getProductImage'> = { status: 200, body: new Uint8Array() };
export const stillRight: Reply<'getProductImage'> = { status: 304, headers: { ETag: '"x"' } };

export const cookies: Reply<'login'> = {
  status: 200,
  cookies: [
    { name: 'holdfast_session', value: 'token', maxAgeMs: 1000 },
    { name: 'holdfast_cart', clear: true },
    // @ts-expect-error no such cookie
    { name: 'session', clear: true },
  ],
  body: user,
};

export const created: Reply<'startPayment'>['status'][] = [200, 201];
export const notReady: Reply<'getReadiness'> = {
  status: 503,
  body: { status: 'unavailable', checks: { database: 'ok', redis: 'unavailable' } },
};
export const signedOut: Reply<'logout'> = {
  status: 204,
  cookies: [{ name: 'holdfast_session', clear: true }],
};
export const metrics: Reply<'getMetrics'> = { status: 200, body: 'up 1' };

export const placing = ({ body, headers, cookies: sent, principal }: Call<'placeOrder'>): string[] => [
  headers['Idempotency-Key'],
  principal.userId,
  sent.holdfast_cart ?? 'no cart',
  body.items?.[0]?.productId ?? 'the cart',
];

export const misspeltField = ({ body }: Call<'placeOrder'>): unknown =>
  // @ts-expect-error the body has no such field
  body.products;

export type Claims = [
  Holds<Same<Call<'getProduct'>['principal'], undefined>>,
  Holds<Same<Call<'getMetrics'>['principal'], undefined>>,
  Holds<Same<Call<'getCart'>['principal'], Principal | undefined>>,
  Holds<Same<Call<'getOrder'>['principal'], Principal>>,
  Holds<Same<Call<'listAllOrders'>['principal'], Principal>>,
  Holds<Same<Call<'listProducts'>['query']['page'], number>>,
  Holds<Same<Call<'listProducts'>['query']['sort'], 'newest' | 'price' | '-price' | 'name'>>,
  Holds<Same<Call<'listOwnOrders'>['query']['limit'], number>>,
  Holds<undefined extends Call<'listProducts'>['query']['q'] ? true : false>,
  Holds<Same<Call<'getProduct'>['path']['productId'], string>>,
  Holds<Same<Call<'getOwnProfile'>['body'], undefined>>,
  Holds<Same<Call<'addProductImage'>['body']['image'], Uint8Array>>,
  Holds<Same<Call<'addProductImage'>['body']['alt'], string | undefined>>,
  Holds<Same<Reply<'getReadiness'>['status'], 200 | 503>>,
  Holds<
    Same<
      Tag,
      | 'auth'
      | 'users'
      | 'catalog'
      | 'stock'
      | 'cart'
      | 'orders'
      | 'payments'
      | 'shipments'
      | 'contacts'
      | 'reconciliation'
      | 'notifications'
      | 'system'
    >
  >,
  Holds<Same<keyof Api, Tag>>,
];

export const served: HandlersFor<'cart'> = api.cart;
