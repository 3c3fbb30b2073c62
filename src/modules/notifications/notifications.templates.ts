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
      greeting(name),
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

  refund: ({ customerName, orderNumber, amount, reason, way }) => ({
    subject: `Your money for order ${orderNumber} goes back to you`,
    blocks: [
      paragraph(`Hello ${customerName},`),
      paragraph(
        `we are returning ${formatMoney(amount)} of what you paid for order ${orderNumber}: ${reason}.`,
      ),
      paragraph(WAYS[way]),
    ],
  }),

  payment_received: ({ customerName, orderNumber, amount, due }) => ({
    subject: `We have received your payment for order ${orderNumber}`,
    blocks: [
      paragraph(`Hello ${customerName},`),
      paragraph(`thank you, we have received ${formatMoney(amount)} for your order ${orderNumber}.`),
      paragraph(`${formatMoney(due)} is still to be paid.`),
    ],
  }),

  refund_done: ({ customerName, orderNumber, amount, reference }) => ({
    subject: `${formatMoney(amount)} for order ${orderNumber} was ${reference === null ? 'sent' : 'paid out'} to you`,
    blocks: [
      paragraph(`Hello ${customerName},`),
      ...(reference === null
        ? [
            paragraph(
              `the refund of ${formatMoney(amount)} for your order ${orderNumber} is on its way to your account.`,
            ),
            paragraph('Banks usually take some days to show it.'),
          ]
        : [
            paragraph(
              `we have paid the refund of ${formatMoney(amount)} for your order ${orderNumber} out to you.`,
            ),
            paragraph(`Its reference is ${reference}.`),
            paragraph('If you have not received it, please write to us and name the reference.'),
          ]),
    ],
  }),

  order_cancelled: ({ customerName, orderNumber, reason, refund, way }) => ({
    subject: `Your order ${orderNumber} is cancelled`,
    blocks: [
      paragraph(`Hello ${customerName},`),
      paragraph(`your order ${orderNumber} is cancelled: ${reason}.`),
      paragraph(
        refund === null
          ? 'Nothing was paid for it, so there is nothing to return.'
          : `The ${formatMoney(refund)} that you paid goes back to you. ${WAYS[way]}`,
      ),
    ],
  }),

  shipment_sent: (shipment, shop) => ({
    subject: `Your order ${shipment.orderNumber} is on its way`,
    blocks: [
      paragraph(`Hello ${shipment.customerName},`),
      paragraph(
        shipment.moreToCome
          ? `a part of your order ${shipment.orderNumber} at ${shop.name} is on its way. The rest follows.`
          : `your order ${shipment.orderNumber} at ${shop.name} is on its way.`,
      ),
      parcelBlock(shipment),
      trackingBlock(shipment),
      ...(shipment.note === null ? [] : [paragraph(shipment.note)]),
      ...(shipment.shippingAddress === null ? [] : [shippingBlock(shipment.shippingAddress)]),
    ],
  }),

  shipment_delivered: (shipment) => ({
    subject: `A parcel of your order ${shipment.orderNumber} was delivered`,
    blocks: [
      paragraph(`Hello ${shipment.customerName},`),
      paragraph(
        `${shipment.carrier} has delivered this of your order ${shipment.orderNumber} on ${longDate(shipment.deliveredAt)}:`,
      ),
      parcelBlock(shipment),
      trackingBlock(shipment),
      paragraph('If it has not reached you, please write to us and name the tracking number.'),
    ],
  }),

  admin_notice: ({ subject, summary, facts, advice }) => ({
    subject,
    blocks: [
      paragraph(summary),
      ...(facts.length === 0
        ? []
        : [
            {
              kind: 'lines' as const,
              title: 'In detail',
              lines: facts.map(({ label, value }) => `${label}: ${value}`),
            },
          ]),
      ...(advice === null ? [] : [paragraph(advice)]),
    ],
  }),
};

/** How money goes back, in words. */
const WAYS: Readonly<Record<MailData['refund']['way'], string>> = {
  gateway: 'It goes back the way it came. Banks usually take some days to show it.',
  hand: 'We pay it out to you ourselves, and write to you again when that is done.',
  both: 'One part goes back the way it came; banks usually take some days to show it. The other part we pay out to you ourselves, and write to you again when that is done.',
};

/** The mail that tells this content, from this shop. */
export function renderMail<Kind extends PlainKind>(content: MailContent<Kind>, shop: Shop): RenderedMail {
  const { subject, blocks } = TEMPLATES[content.kind](content.data, shop);
  return layOut({ subject: subject, blocks, signature: shop.name });
}

/** The mail with a link for a new password. */
export function renderReset({ name, url, expiresAt }: ResetLink, shop: Shop): RenderedMail {
  const until = `It works once, until ${timeOfDay(expiresAt)} UTC.`;
  return resetMail({ name, link: { kind: 'link', url }, until }, shop);
}

/** What a mail says, for somebody else than its recipient: nothing that only the recipient may know is in it. */
export function previewMail(content: MailContent, shop: Shop): RenderedMail {
  if (content.kind !== 'password_reset') return renderMail(content, shop);
  const link = paragraph('(The link stands here. Only the mail itself has it.)');
  return resetMail({ name: '(name)', link, until: 'It works once, for half an hour.' }, shop);
}

function resetMail(
  { name, link, until }: { name: string; link: Block; until: string },
  shop: Shop,
): RenderedMail {
  const blocks = [
    greeting(name),
    paragraph(`somebody asked for a new password for your account at ${shop.name}. This link sets one:`),
    link,
    paragraph(until),
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

function parcelBlock({ lines }: Pick<MailData['shipment_sent'], 'lines'>): Block {
  return {
    kind: 'lines',
    title: 'In this parcel',
    lines: lines.map(({ name, sku, quantity }) => `${quantity} x ${name} (${sku})`),
  };
}

function trackingBlock(shipment: Pick<MailData['shipment_sent'], 'carrier' | 'trackingNumber'>): Block {
  const lines = [shipment.carrier, `Tracking number ${shipment.trackingNumber}`];
  return { kind: 'lines', title: 'Carried by', lines };
}

/**
 * Of somebody whose address nobody has confirmed yet: anyone may have typed it, and a name that reads as an address on the web
 * would make the shop's mail carry it.
 */
function greeting(name: string): Block {
  return paragraph(/[/:@]|\S\.\S/.test(name) ? 'Hello,' : `Hello ${name},`);
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
