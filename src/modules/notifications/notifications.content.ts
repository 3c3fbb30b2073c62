import { z } from 'zod';

const money = z.object({ amount: z.int().min(0), currency: z.string() });

const address = z.object({
  name: z.string(),
  phone: z.string().nullish(),
  line1: z.string(),
  line2: z.string().nullish(),
  city: z.string(),
  state: z.string().nullish(),
  postalCode: z.string(),
  country: z.string(),
});

const line = z.object({
  name: z.string(),
  sku: z.string(),
  quantity: z.int().min(1),
  unitPrice: money,
  lineTotal: money,
});

/** How money goes back: the way it came, paid out by the shop itself, or some of it so and some otherwise. */
const way = z.enum(['gateway', 'hand', 'both']).default('gateway');

/** To somebody who has registered. */
const welcome = z.object({ name: z.string() });

/** To somebody who has asked for a new password. The link is made of the seed when the mail is sent, and stored nowhere. */
const passwordReset = z.object({ seed: z.string() });

/** To the shop, when somebody has written to it. */
const contactNotice = z.object({
  name: z.string(),
  email: z.string(),
  phone: z.string().nullable(),
  message: z.string(),
});

/** To the customer of an order that has been paid in full. */
const orderConfirmation = z.object({
  customerName: z.string(),
  orderNumber: z.string(),
  placedAt: z.date(),
  lines: z.array(line).min(1),
  total: money,
  shippingAddress: address.nullable(),
});

/** To the customer whose money, or a part of it, goes back. */
const refund = z.object({
  customerName: z.string(),
  orderNumber: z.string(),
  amount: money,
  /** Why it goes back, in words that follow a colon. */
  reason: z.string(),
  way,
});

/** To the customer whose payment has come and leaves something to pay. */
const paymentReceived = z.object({
  customerName: z.string(),
  orderNumber: z.string(),
  amount: money,
  /** What is still to be paid. */
  due: money,
});

/** To the customer whose money has gone back. */
const refundDone = z.object({
  customerName: z.string(),
  orderNumber: z.string(),
  amount: money,
  /** What the payout can be found by, where it was paid out by hand. */
  reference: z.string().nullable(),
});

/** To the customer of an order that was cancelled. */
const orderCancelled = z.object({
  customerName: z.string(),
  orderNumber: z.string(),
  /** Why, in words that follow a colon. */
  reason: z.string(),
  /** What goes back; null where nothing was paid. */
  refund: money.nullable(),
  way,
});

const parcel = z.object({
  customerName: z.string(),
  orderNumber: z.string(),
  carrier: z.string(),
  trackingNumber: z.string(),
  lines: z.array(z.object({ name: z.string(), sku: z.string(), quantity: z.int().min(1) })).min(1),
});

/** To the customer of a shipment that has left. */
const shipmentSent = parcel.extend({
  /** Something of the order is still to come. */
  moreToCome: z.boolean(),
  note: z.string().nullable(),
  shippingAddress: address.nullable(),
});

/** To the customer of a shipment that was handed over. */
const shipmentDelivered = parcel.extend({ deliveredAt: z.date() });

/** To the shop itself: something that it should know of, or has to act on. */
const adminNotice = z.object({
  subject: z.string(),
  summary: z.string(),
  facts: z.array(z.object({ label: z.string(), value: z.string() })),
  /** What to do about it; null where there is nothing to do. */
  advice: z.string().nullable(),
});

const content = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('welcome'), data: welcome }),
  z.object({ kind: z.literal('password_reset'), data: passwordReset }),
  z.object({ kind: z.literal('contact_notice'), data: contactNotice }),
  z.object({ kind: z.literal('order_confirmation'), data: orderConfirmation }),
  z.object({ kind: z.literal('refund'), data: refund }),
  z.object({ kind: z.literal('payment_received'), data: paymentReceived }),
  z.object({ kind: z.literal('refund_done'), data: refundDone }),
  z.object({ kind: z.literal('order_cancelled'), data: orderCancelled }),
  z.object({ kind: z.literal('shipment_sent'), data: shipmentSent }),
  z.object({ kind: z.literal('shipment_delivered'), data: shipmentDelivered }),
  z.object({ kind: z.literal('admin_notice'), data: adminNotice }),
]);

type AnyContent = z.infer<typeof content>;
export type MailKind = AnyContent['kind'];
/** The facts that a mail of each kind tells. */
export type MailData = { [Kind in MailKind]: Extract<AnyContent, { kind: Kind }>['data'] };
/** What a mail says: its kind, and the facts that belong to this kind. */
export type MailContent<Kind extends MailKind = MailKind> = {
  [K in Kind]: { kind: K; data: MailData[K] };
}[Kind];

const KINDS = new Set<string>(content.options.map(({ shape }) => shape.kind.value));

export function isMailKind(kind: string): kind is MailKind {
  return KINDS.has(kind);
}

/** The content of a mail with nothing but its facts; throws where these are not the facts of its kind. */
export function parseContent(stored: { kind: string; data: unknown }): MailContent {
  const parsed = content.safeParse(stored);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
  throw new Error(`the content of a mail of kind ${stored.kind} is not usable (${where})`);
}
