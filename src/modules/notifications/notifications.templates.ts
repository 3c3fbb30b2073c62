import { formatMoney } from '../../platform/money.js';
import type { MailContent, MailData, MailKind } from './notifications.content.js';
import { layOut, type Block, type RenderedMail } from './notifications.layout.js';

/** What every mail says of the shop. */
export type Shop = { name: string };

type Template<Kind extends MailKind> = (
  data: MailData[Kind],
  shop: Shop,
) => { subject: string; blocks: Block[] };

/** Mails that tell their facts and nothing else. */
type PlainKind = Exclude<MailKind, 'password_reset'>;

/** What a mail for a new password tells: made when it is sent. */
export type ResetLink = { name: string; url: string; expiresAt: Date };

/** One template for each kind of mail. */
const TEMPLATES: { [Kind in PlainKind]: Template<Kind> } = {
  welcome: ({ name }, shop) => ({
    subject: `Welcome to ${shop.name}`,
    blocks: [
      paragraph(`Hello ${name},`),
      paragraph(
        `your account at ${shop.name} is ready. You can sign in with this e-mail address and your password.`,
      ),
      paragraph('If you did not open this account, please ignore this mail.'),
    ],
  }),

  order_confirmation: (order, shop) => ({
    subject: `Your order ${order.orderNumber} is confirmed`,
    blocks: [
      paragraph(`Hello ${order.customerName},`),
      paragraph(
        `thank you for your order ${order.orderNumber} of ${longDate(order.placedAt)} at ${shop.name}. It is paid in full.`,
      ),
      {
        kind: 'table',
        rows: order.lines.map(({ name, sku, quantity, unitPrice, lineTotal }) => ({
          label: name,
          note: `${sku}, ${quantity} x ${formatMoney(unitPrice)}`,
          value: formatMoney(lineTotal),
        })),
        total: formatMoney(order.total),
      },
      ...(order.shippingAddress === null ? [] : [shippingBlock(order.shippingAddress)]),
    ],
  }),

  contact_notice: ({ name, email, phone, message }, shop) => ({
    subject: `A message to ${shop.name}`,
    blocks: [
      paragraph(`${name} has written to ${shop.name}.`),
      { kind: 'lines', title: 'Answer to', lines: phone === null ? [email] : [email, phone] },
      // Marked line by line, so that none of them looks like a part of this mail.
      { kind: 'lines', title: 'The message', lines: message.split('\n').map((line) => `> ${line}`) },
    ],
  }),

  refund: ({ customerName, orderNumber, amount, reason }) => ({
    subject: `Your money for order ${orderNumber} goes back to you`,
    blocks: [
      paragraph(`Hello ${customerName},`),
      paragraph(
        `we are returning ${formatMoney(amount)} of what you paid for order ${orderNumber}: ${reason}.`,
      ),
      paragraph('It goes back the way it came. Banks usually take some days to show it.'),
    ],
  }),
};

/** The mail that tells this content, from this shop. */
export function renderMail<Kind extends PlainKind>(content: MailContent<Kind>, shop: Shop): RenderedMail {
  const { subject, blocks } = TEMPLATES[content.kind](content.data, shop);
  return layOut({ subject: subject, blocks, signature: shop.name });
}

/** The mail with a link for a new password. */
export function renderReset({ name, url, expiresAt }: ResetLink, shop: Shop): RenderedMail {
  const blocks = [
    paragraph(`Hello ${name},`),
    paragraph(`somebody asked for a new password for your account at ${shop.name}. This link sets one:`),
    { kind: 'link' as const, url },
    paragraph(`It works once, until ${timeOfDay(expiresAt)} UTC.`),
    paragraph('If it was not you, please ignore this mail: your password stays as it is.'),
  ];
  return layOut({ subject: `A new password for ${shop.name}`, blocks, signature: shop.name });
}

function shippingBlock(address: NonNullable<MailData['order_confirmation']['shippingAddress']>): Block {
  const { name, line1, line2, city, state, postalCode, country, phone } = address;
  const lines = [name, line1, line2, `${city} ${postalCode}`, state, country, phone];
  return {
    kind: 'lines',
    title: 'We send it to',
    lines: lines.filter((line) => line !== null && line !== undefined),
  };
}

function paragraph(text: string): Block {
  return { kind: 'paragraph', text };
}

function longDate(at: Date): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(at);
}

function timeOfDay(at: Date): string {
  return new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: 'UTC' }).format(at);
}
