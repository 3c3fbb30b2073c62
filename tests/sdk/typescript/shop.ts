import { randomUUID } from 'node:crypto';
import { holdfast, type ApiError, type Order, type Product } from 'holdfast';

const {
  HOLDFAST_URL: baseUrl = '',
  HOLDFAST_EMAIL: email = '',
  HOLDFAST_PASSWORD: password = '',
} = process.env;
const { HOLDFAST_PRODUCT: wanted, HOLDFAST_SCARCE: scarce = '' } = process.env;

const { data: access } = await holdfast({ baseUrl }).POST('/v1/auth/token', { body: { email, password } });
if (access === undefined) throw new Error('signing in failed');
const api = holdfast({ baseUrl, token: access.token });

const { data: page } = await api.GET('/v1/products', { params: { query: { inStock: true, sort: 'price' } } });
const product: Product | undefined = page?.data.find(({ id }) => id === wanted);
if (product === undefined) throw new Error('the product is not listed');

const { data: cart } = await api.POST('/v1/cart/items', { body: { productId: product.id, quantity: 2 } });
if (cart?.items[0]?.held !== 2) throw new Error('the units are not held');

const { data: order } = await api.POST('/v1/orders', {
  params: { header: { 'Idempotency-Key': randomUUID() } },
  body: { expectedTotal: cart.total },
});
if (order === undefined) throw new Error('the order was not placed');
const placed: Order = order;

const { error, response } = await api.POST('/v1/orders', {
  params: { header: { 'Idempotency-Key': randomUUID() } },
  body: { items: [{ productId: scarce, quantity: 5 }] },
});
const refusal: ApiError | undefined = error;
const [line] = refusal?.details?.lines ?? [];

console.log(
  JSON.stringify({
    order: placed.number,
    orderStatus: placed.status,
    total: placed.total.amount,
    status: response.status,
    code: refusal?.code,
    requested: line?.requested,
    available: line?.available,
  }),
);
