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
});

const content = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('welcome'), data: welcome }),
  z.object({ kind: z.literal('password_reset'), data: passwordReset }),
  z.object({ kind: z.literal('contact_notice'), data: contactNotice }),
  z.object({ kind: z.literal('order_confirmation'), data: orderConfirmation }),
  z.object({ kind: z.literal('refund'), data: refund }),
]);

type AnyContent = z.infer<typeof content>;
export type MailKind = AnyContent['kind'];
/** The facts that a mail of each kind tells. */
export type MailData = { [Kind in MailKind]: Extract<AnyContent, { kind: Kind }>['data'] };
/** What a mail says: its kind, and the facts that belong to this kind. */
export type MailContent<Kind extends MailKind = MailKind> = {
  [K in Kind]: { kind: K; data: MailData[K] };
}[Kind];

/** The content of a mail with nothing but its facts; throws where these are not the facts of its kind. */
export function parseContent(stored: { kind: string; data: unknown }): MailContent {
  const parsed = content.safeParse(stored);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
  throw new Error(`the content of a mail of kind ${stored.kind} is not usable (${where})`);
}
