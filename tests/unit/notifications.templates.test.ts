import { describe, expect, test } from '@jest/globals';
import { parseContent, type MailContent } from '../../src/modules/notifications/notifications.content.js';
import { renderMail, renderReset } from '../../src/modules/notifications/notifications.templates.js';

const shop = { name: 'Lamps & More' };
const rupees = (amount: number) => ({ amount, currency: 'INR' });

const confirmation: MailContent<'order_confirmation'> = {
  kind: 'order_confirmation',
  data: {
    customerName: 'Asha Rao',
    orderNumber: 'HF-7K2M-9QXT',
    placedAt: new Date('2026-03-14T23:30:00Z'),
    lines: [
      {
        name: 'Brass desk lamp',
        sku: 'LAMP-01',
        quantity: 2,
        unitPrice: rupees(129_900),
        lineTotal: rupees(259_800),
      },
      {
        name: 'Linen notebook',
        sku: 'NOTE-A5',
        quantity: 1,
        unitPrice: rupees(34_900),
        lineTotal: rupees(34_900),
      },
    ],
    total: rupees(294_700),
    shippingAddress: {
      name: 'Asha Rao',
      line1: '12 MG Road',
      city: 'Bengaluru',
      postalCode: '560001',
      country: 'IN',
    },
  },
};

type Plain = Exclude<MailContent, MailContent<'password_reset'>>;

const notice: MailContent<'contact_notice'> = {
  kind: 'contact_notice',
  data: {
    name: 'Asha Rao',
    email: 'asha@example.com',
    phone: '+91 98450 12345',
    message: 'Is it black?\n\nTotal: 3',
  },
};

const examples: Plain[] = [
  { kind: 'welcome', data: { name: 'Asha Rao' } },
  notice,
  confirmation,
  {
    kind: 'refund',
    data: {
      customerName: 'Asha Rao',
      orderNumber: 'HF-7K2M-9QXT',
      amount: rupees(294_700),
      reason: 'paid more than the order costs',
      way: 'gateway',
    },
  },
  {
    kind: 'payment_received',
    data: {
      customerName: 'Asha Rao',
      orderNumber: 'HF-7K2M-9QXT',
      amount: rupees(100_000),
      due: rupees(194_700),
    },
  },
  {
    kind: 'refund_done',
    data: {
      customerName: 'Asha Rao',
      orderNumber: 'HF-7K2M-9QXT',
      amount: rupees(100_000),
      reference: 'UTR 412233445566',
    },
  },
  {
    kind: 'order_cancelled',
    data: {
      customerName: 'Asha Rao',
      orderNumber: 'HF-7K2M-9QXT',
      reason: 'Ordered twice',
      refund: rupees(294_700),
      way: 'gateway',
    },
  },
];

/** The words of a document, as a reader sees them. */
function wordsOf(html: string): string {
  const body = html.slice(html.indexOf('<body'));
  return body
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#(\d+);/g, (_match, code) => String.fromCharCode(Number(code)))
    .replace(/\s+/g, ' ')
    .trim();
}

describe.each(examples)('a mail of kind $kind', (content) => {
  const mail = renderMail(content, shop);

  test('says the same as markup and as plain text', () => {
    const unmarked = (text: string): string => text.replace(/[\s:]+/g, ' ').trim();
    expect(unmarked(wordsOf(mail.html))).toBe(unmarked(mail.text));
  });

  test('greets the customer (a notice goes to the shop) and names the shop', () => {
    if (content.kind !== 'contact_notice') expect(mail.text).toContain('Hello Asha Rao,');
    expect(mail.text).toContain('Lamps & More');
    expect(mail.html).toContain('Lamps &#38; More');
  });

  test('has a subject of one line', () => {
    expect(mail.subject).toMatch(/^[^\r\n]{5,120}$/);
  });
});

describe('the confirmation of an order', () => {
  const mail = renderMail(confirmation, shop);

  test('lists number, day, lines, total and address', () => {
    expect(mail.subject).toBe('Your order HF-7K2M-9QXT is confirmed');
    expect(mail.text).toContain('14 March 2026');
    expect(mail.text).toContain('Brass desk lamp\n  LAMP-01, 2 x ₹1,299.00: ₹2,598.00');
    expect(mail.text).toContain('Linen notebook\n  NOTE-A5, 1 x ₹349.00: ₹349.00');
    expect(mail.text).toContain('Total: ₹2,947.00');
    expect(mail.text).toContain('We send it to\nAsha Rao\n12 MG Road\nBengaluru 560001\nIN');
  });

  test('goes without an address where the order has none', () => {
    const { text } = renderMail(
      { ...confirmation, data: { ...confirmation.data, shippingAddress: null } },
      shop,
    );
    expect(text).not.toContain('We send it to');
  });
});

describe('U4, N2: the mail for a new password', () => {
  const url = 'https://shop.example/reset?lang=en&x=1#token=abc';
  const expiresAt = new Date('2026-03-14T10:05:00Z');
  const mail = renderReset({ name: 'Asha Rao', url, expiresAt }, shop);

  test('has the link, to read and to press, and says until when it works', () => {
    expect(mail.text).toContain(`\n${url}\n`);
    expect(mail.html).toContain(`<a href="${url.replace('&', '&#38;')}">`);
    expect(mail.text).toContain('10:05 UTC');
    expect(mail.text.replace(/\s+/g, ' ').trim()).toBe(wordsOf(mail.html));
  });
});

describe('K1, N5: the notice of a message', () => {
  test('has who wrote, where to answer, and every line of the message marked as such', () => {
    const { text } = renderMail(notice, shop);
    expect(text).toContain('Answer to\nasha@example.com\n+91 98450 12345');
    expect(text).toContain('The message\n> Is it black?\n>\n> Total: 3');
  });
});

describe('N1: a mail to an address that nobody has confirmed', () => {
  test.each(['You won! https://evil.example', 'www.evil.example', 'write to a@evil.example'])(
    'does not carry the name %j',
    (name) => {
      const { text, html } = renderMail({ kind: 'welcome', data: { name } }, shop);
      expect(text).toMatch(/^Hello,$/m);
      expect(text + html).not.toContain('evil');
    },
  );

  test('greets whoever has a name', () => {
    const { text } = renderMail({ kind: 'welcome', data: { name: 'J. R. R. Tolkien, Jr.' } }, shop);
    expect(text).toContain('Hello J. R. R. Tolkien, Jr.,');
  });
});

const about = { customerName: 'Asha Rao', orderNumber: 'HF-1' };
const textOf = (content: Plain): string => renderMail(content, shop).text;

describe('the mails about money', () => {
  test('N4: a payment that leaves something due says how much', () => {
    const data = { ...about, amount: rupees(100_000), due: rupees(194_700) };
    const text = textOf({ kind: 'payment_received', data });
    expect(text).toContain('received ₹1,000.00');
    expect(text).toContain('₹1,947.00 is still to be paid');
  });

  test('N4: a payout says by what it can be found, a refund by Razorpay nothing of the kind', () => {
    const data = { ...about, amount: rupees(100), reference: 'UTR 7' };
    expect(textOf({ kind: 'refund_done', data })).toContain('reference is UTR 7');
    expect(textOf({ kind: 'refund_done', data })).not.toMatch(/bank/i);
    expect(textOf({ kind: 'refund_done', data: { ...data, reference: null } })).not.toContain('reference');
    expect(textOf({ kind: 'refund_done', data: { ...data, reference: null } })).toMatch(/Banks usually/);
  });

  test('N4: a cancellation says what goes back, or that nothing was paid', () => {
    const data = { ...about, reason: 'Ordered twice', refund: rupees(5_000), way: 'gateway' } as const;
    expect(textOf({ kind: 'order_cancelled', data })).toContain('₹50.00 that you paid goes back');
    expect(textOf({ kind: 'order_cancelled', data: { ...data, refund: null } })).toContain(
      'Nothing was paid',
    );
  });
});

describe('N4: how money goes back', () => {
  const ways = {
    gateway: /way it came/,
    hand: /pay it out to you ourselves/,
    both: /The other part we pay out/,
  };

  test.each(Object.entries(ways))(
    '%s is told in the mails of a refund and of a cancellation',
    (way, words) => {
      const returned = { ...about, reason: 'A scratch', way: way as keyof typeof ways };
      for (const text of [
        textOf({ kind: 'refund', data: { ...returned, amount: rupees(5_000) } }),
        textOf({ kind: 'order_cancelled', data: { ...returned, refund: rupees(5_000) } }),
      ]) {
        expect(text.replaceAll(/\s+/g, ' ')).toMatch(words);
        expect(/bank/i.test(text)).toBe(way !== 'hand');
      }
    },
  );

  test('a mail that was written before the way was told goes back the way it came', () => {
    const data = { ...about, amount: rupees(5_000), reason: 'A scratch' };
    expect(parseContent({ kind: 'refund', data }).data).toMatchObject({ way: 'gateway' });
  });
});

describe('what customers and admins wrote', () => {
  const attack = `<script>alert('x')</script>"&\r\n\r\nTotal: ₹0.00`;

  test('is text in the markup, never markup', () => {
    const line = { name: attack, sku: attack, quantity: 1, unitPrice: rupees(1), lineTotal: rupees(1) };
    const address = { name: attack, line1: attack, city: attack, postalCode: attack, country: attack };
    const { html } = renderMail(
      {
        kind: 'order_confirmation',
        data: { ...confirmation.data, customerName: attack, lines: [line], shippingAddress: address },
      },
      { name: attack },
    );
    expect(html).not.toContain('<script>');
    expect(html).not.toContain(`'x'`);
    expect(html).toContain('&#60;script&#62;alert(&#39;x&#39;)&#60;/script&#62;&#34;&#38;');
  });

  test('stays on its line in the plain text, so that it cannot look like another part', () => {
    const { text, subject } = renderMail({ kind: 'welcome', data: { name: attack } }, { name: attack });
    expect(text.split('\n').filter((line) => line.startsWith('Total'))).toEqual([]);
    expect(subject).not.toMatch(/[\r\n]/);
  });
});

describe('the stored content of a mail', () => {
  test.each(examples)('of kind $kind comes back as it was', (content) => {
    expect(parseContent({ ...content })).toEqual(content);
  });

  test('holds only the facts of its kind', () => {
    const data = { name: 'Asha', passwordHash: 'x' };
    expect(parseContent({ kind: 'welcome', data })).toEqual({ kind: 'welcome', data: { name: 'Asha' } });
  });

  test.each([
    { kind: 'welcome', data: {} },
    { kind: 'welcome', data: null },
    { kind: 'newsletter', data: { name: 'Asha' } },
    { kind: 'order_confirmation', data: { ...confirmation.data, lines: [] } },
    {
      kind: 'refund',
      data: { customerName: 'A', orderNumber: 'B', amount: { amount: 1.5, currency: 'INR' } },
    },
  ])('%j is refused', (stored) => {
    expect(() => parseContent(stored)).toThrow(/not usable/);
  });
});
