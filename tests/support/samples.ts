import { createHmac, randomUUID } from 'node:crypto';
import request, { type Response, type Test } from 'supertest';
import type { AccessToken } from '../../generated/openapi.js';
import { operations } from '../../generated/operations.js';
import type { OperationId } from '../../src/platform/http/operation.js';
import type { Config } from '../../src/platform/config.js';
import { bodyOf } from './bodies.js';

/** A request that the contract takes for valid. What it names (a product, an order) need not exist. */
export type Sample = {
  path?: Record<string, string>;
  headers?: Record<string, string>;
  body?: Record<string, unknown>;
};

/** The smallest picture: one pixel. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const SOME_ID = 'nothing-has-this-id';
const CREDENTIALS = { email: 'nobody@example.com', password: 'correct horse battery' };
const ADDRESS = {
  name: 'Asha Rao',
  line1: '14 Church Street',
  line2: 'Second floor',
  city: 'Bengaluru',
  state: 'Karnataka',
  postalCode: '560001',
  country: 'IN',
  phone: '+91 98450 12345',
};

export const operationIds = Object.keys(operations) as OperationId[];

/** One valid request for every operation of the contract, signed where its signature is checked first. */
export function samplesFor({ razorpay }: Pick<Config, 'razorpay'>): Record<OperationId, Sample> {
  const event = { entity: 'event', event: 'payment.captured', payload: {} };
  const checkout = { razorpayOrderId: 'order_Nothing1', razorpayPaymentId: 'pay_Nothing1' };
  const product = { path: { productId: SOME_ID } };
  const order = { path: { orderId: SOME_ID } };
  const user = { path: { userId: SOME_ID } };
  const contact = { path: { contactId: SOME_ID } };
  return {
    register: { body: { ...CREDENTIALS, name: 'Asha Rao', phone: '+91 98450 12345' } },
    login: { body: CREDENTIALS },
    logout: {},
    issueToken: { body: CREDENTIALS },
    requestPasswordReset: { body: { email: CREDENTIALS.email } },
    resetPassword: { body: { token: 'nothing-has-this-token', password: CREDENTIALS.password } },
    getOwnProfile: {},
    updateOwnProfile: { body: { name: 'Asha Rao', phone: '+91 98450 12345' } },
    // Not the password of anybody, so that nothing is changed by it.
    changeOwnPassword: {
      body: { currentPassword: 'wrong horse battery', newPassword: CREDENTIALS.password },
    },
    listOwnAddresses: {},
    addOwnAddress: { body: { address: ADDRESS, isDefault: true } },
    replaceOwnAddress: { path: { addressId: SOME_ID }, body: { address: ADDRESS, isDefault: true } },
    removeOwnAddress: { path: { addressId: SOME_ID } },
    listUsers: {},
    getUserByEmail: { path: { email: CREDENTIALS.email } },
    getUser: user,
    updateUser: {
      ...user,
      body: { version: 1, name: 'Asha Rao', phone: '+91 98450 12345', role: 'user', blocked: true },
    },
    deleteUser: user,
    submitContact: {
      body: {
        name: 'Asha Rao',
        email: CREDENTIALS.email,
        phone: '+91 98450 12345',
        message: 'Do you have it in black?',
      },
    },
    listContacts: {},
    getContact: contact,
    updateContact: { ...contact, body: { version: 1, handled: true } },
    deleteContact: contact,
    listProducts: {},
    getProduct: product,
    listCategories: {},
    listAllProducts: {},
    createProduct: {
      body: {
        sku: `SKU-${randomUUID()}`,
        name: 'Brass desk lamp',
        description: 'Solid brass.',
        category: 'Lighting',
        price: { amount: 129_900, currency: 'INR' },
        stock: 3,
      },
    },
    getAnyProduct: product,
    archiveProduct: product,
    updateProduct: {
      ...product,
      body: {
        version: 1,
        name: 'Brass lamp',
        description: 'Brass.',
        category: 'Lighting',
        price: { amount: 1, currency: 'INR' },
        archived: false,
      },
    },
    addProductImage: { ...product, body: { image: PNG, alt: 'A lamp' } },
    orderProductImages: { ...product, body: { imageIds: [SOME_ID], version: 1 } },
    deleteProductImage: { path: { productId: SOME_ID, imageId: SOME_ID } },
    getProductImage: { path: { imageId: SOME_ID, rendition: 'full' } },
    receiveStock: {
      ...product,
      headers: { 'Idempotency-Key': randomUUID() },
      body: { units: 3, reason: 'Delivery', reference: 'DN-7' },
    },
    adjustStock: {
      ...product,
      headers: { 'Idempotency-Key': randomUUID() },
      body: { difference: 1, reason: 'Stocktaking' },
    },
    listStockMovements: product,
    listProductHolds: product,
    getCart: {},
    emptyCart: {},
    addCartItem: { body: { productId: SOME_ID, quantity: 1 } },
    setCartItem: { ...product, body: { quantity: 1 } },
    removeCartItem: product,
    listOwnOrders: {},
    placeOrder: {
      headers: { 'Idempotency-Key': randomUUID() },
      body: {
        items: [{ productId: SOME_ID, quantity: 1 }],
        expectedTotal: { amount: 1, currency: 'INR' },
        shippingAddress: ADDRESS,
      },
    },
    getOrder: order,
    getOrderTimeline: order,
    listAllOrders: {},
    cancelOrder: { ...order, body: { reason: 'Ordered twice' } },
    changeOrderStatus: { ...order, body: { status: 'processing', reason: 'Handed to the warehouse' } },
    recordOutsidePayment: {
      ...order,
      headers: { 'Idempotency-Key': randomUUID() },
      body: {
        method: 'bank_transfer',
        amount: 50_000,
        reference: 'UTR 1',
        receivedAt: '2026-03-14T09:32:00Z',
        note: 'By the company',
      },
    },
    refundOrder: {
      ...order,
      headers: { 'Idempotency-Key': randomUUID() },
      body: { amount: 100, reason: 'A scratch', paymentId: SOME_ID },
    },
    listOwnPayments: {},
    getPayment: { path: { paymentId: SOME_ID } },
    listAllPayments: {},
    listRefunds: {},
    confirmRefundPayout: { path: { refundId: SOME_ID }, body: { reference: 'UTR 2' } },
    withdrawRefund: {
      path: { refundId: SOME_ID },
      body: { reason: 'Too old', next: 'to_be_paid_out' },
    },
    listWebhookEvents: {},
    getWebhookEvent: { path: { eventId: SOME_ID } },
    replayWebhookEvent: { path: { eventId: SOME_ID } },
    startPayment: { ...order, body: { amount: 50_000 } },
    verifyPayment: {
      body: {
        ...checkout,
        razorpaySignature: hmac(
          razorpay.keySecret,
          `${checkout.razorpayOrderId}|${checkout.razorpayPaymentId}`,
        ),
      },
    },
    receiveRazorpayWebhook: {
      headers: { 'X-Razorpay-Signature': hmac(razorpay.webhookSecret, JSON.stringify(event)) },
      body: event,
    },
    createShipment: {
      ...order,
      headers: { 'Idempotency-Key': randomUUID() },
      body: {
        carrier: 'Blue Dart',
        trackingNumber: 'BD7719204483',
        items: [{ productId: SOME_ID, quantity: 1 }],
        note: 'The rest follows.',
      },
    },
    listAllShipments: {},
    listOwnShipments: {},
    getShipment: { path: { trackingNumber: SOME_ID } },
    addCheckpoint: {
      path: { shipmentId: SOME_ID },
      body: { status: 'in_transit', at: '2026-03-15T04:10:00.000Z', place: 'Bengaluru hub', note: 'Sorted.' },
    },
    getReconciliation: {},
    listStockRepairs: {},
    repairReconciliation: { body: { productIds: [SOME_ID], rebuildOnHand: false } },
    listMails: {},
    getMail: { path: { mailId: SOME_ID } },
    retryMail: { path: { mailId: SOME_ID } },
    listJobRuns: {},
    getLiveness: {},
    getReadiness: {},
    getMetrics: {},
    getOpenApiJson: {},
    getOpenApiYaml: {},
    getOpenApi30: {},
    getDocumentation: {},
    redirectToDocumentation: {},
    getDocumentationPart: { path: { part: 'reference' } },
  };
}

function hmac(secret: string, content: string): string {
  return createHmac('sha256', secret).update(content).digest('hex');
}

/** What a test changes of a sample. `text` is sent instead of the body, byte for byte. */
export type Twist = {
  query?: string;
  headers?: Record<string, string>;
  body?: unknown;
  text?: string | Buffer;
};

/** Sends the sample of an operation, with what is changed about it. */
export async function send(
  url: string,
  id: OperationId,
  sample: Sample,
  twist: Twist = {},
): Promise<Response> {
  const { method, path } = operations[id];
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => sample.path?.[name] ?? '');
  const call = request(url)
    [method](`${filled}${twist.query ?? ''}`)
    .set({
      ...sample.headers,
      ...twist.headers,
    });
  if (twist.text !== undefined) {
    return call.type(twist.headers?.['Content-Type'] ?? 'application/json').send(twist.text);
  }
  const body = 'body' in twist ? twist.body : sample.body;
  if (isForm(id) && typeof body === 'object' && body !== null) return fillForm(call, body);
  return body === undefined ? call : call.type('application/json').send(JSON.stringify(body));
}

/** Whether an operation takes a form instead of JSON. */
export function isForm(id: OperationId): boolean {
  return operations[id].requestTypes.some((type) => type === 'multipart/form-data');
}

/** Sends the fields of a form: bytes as a file, everything else as text. */
export function fillForm(call: Test, fields: object): Test {
  for (const [name, value] of Object.entries(fields) as [string, unknown][]) {
    if (Buffer.isBuffer(value)) call.attach(name, value, `${name}.png`);
    else call.field(name, String(value));
  }
  return call;
}

/** The header that signs a request in by token. */
export const bearer = (token: string): Record<string, string> => ({ Authorization: `Bearer ${token}` });

/** A token of this account, as a program gets it. */
export async function tokenOf(url: string, email: string, password: string): Promise<string> {
  const answer = await request(url).post('/v1/auth/token').send({ email, password }).expect(200);
  return bodyOf<AccessToken>(answer).token;
}
