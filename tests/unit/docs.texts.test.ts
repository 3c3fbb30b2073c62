import { describe, expect, it } from '@jest/globals';
import { createLinks } from '../../scripts/docs/addresses.js';
import { readContract } from '../../scripts/docs/contract.js';
import { errorsTable, readErrors } from '../../scripts/docs/errors.js';
import { audienceGroups, parseGuide } from '../../scripts/docs/guides.js';
import { trusted } from '../../scripts/docs/html.js';
import { markdown } from '../../scripts/docs/markdown.js';
import { createTexts } from '../../scripts/docs/texts.js';
import { partsOf, trialFields } from '../../scripts/docs/trial.js';
import { statusOf } from '../../src/platform/errors.js';
import { generated } from '../contract/contract.reader.js';

const contract = readContract(generated('openapi.json'));
const links = createLinks({ contract, guides: ['paying', 'errors'], errorsPage: 'errors' });
const made = (text: string) =>
  markdown(text, { links, source: 'here.md', directives: { errors: trusted('<hr>') } });

describe('X1: the form for trying', () => {
  it('shows names as code, and its texts have nothing else to show', () => {
    expect(partsOf('`true`: only these; `a b`')).toEqual([
      { text: 'true', isCode: true },
      { text: ': only these; ', isCode: false },
      { text: 'a b', isCode: true },
    ]);
    const texts = contract.operations.flatMap((one) =>
      trialFields(contract.document, one).flatMap(({ description }) => partsOf(description)),
    );
    expect(texts.some(({ isCode }) => isCode)).toBe(true);
    for (const { text, isCode } of texts) if (!isCode) expect(text).not.toMatch(/[`*]|\]\(|^- |^#/m);
  });
});

describe('X1: guides', () => {
  it.each([
    ['operation:placeOrder', '/docs/reference-orders#placeOrder'],
    ['schema:Order', '/docs/schemas#Order'],
    ['error:cart_busy', '/docs/errors#cart_busy'],
    ['./paying.md', '/docs/paying'],
    ['./paying.md#parts', '/docs/paying#parts'],
    ['#below', '#below'],
    ['https://example.com/a', 'https://example.com/a'],
  ])('lead by %s to %s', (href, address) => {
    expect(made(`[it](${href})`).html.text).toContain(`<a href="${address}">it</a>`);
  });

  it.each([
    'operation:placeOrders',
    'schema:Orders',
    'error:no_such_code',
    './nothing.md',
    '../sdks.md',
    'javascript:alert(1)',
    'nothing.html',
  ])('fail on %s, and say where', (href) => {
    expect(() => made(`[it](${href})`)).toThrow(/^here\.md: /);
  });

  it('link code that names an operation or an error, and nothing inside a link', () => {
    const { text } = made('`placeOrder` `cart_busy` `GET /v1/cart` `Order` [`placeOrder`](#x)').html;
    expect(text).toContain('href="/docs/reference-orders#placeOrder"><code>placeOrder</code>');
    expect(text).toContain('href="/docs/errors#cart_busy"');
    expect(text).toContain('href="/docs/reference-cart#getCart"');
    expect(text).toContain('<code>Order</code>');
    expect(text).toContain('<a href="#x"><code>placeOrder</code></a>');
  });

  it('show HTML instead of obeying it, and refuse pictures and unknown directives', () => {
    expect(made('a <script>x</script>\n\n<b>c</b>').html.text).not.toMatch(/<(script|b)>/);
    expect(() => made('![x](a.png)')).toThrow('here.md: pictures');
    expect(() => made('<!-- erors -->')).toThrow('here.md: there is no directive erors');
    expect(made('a\n\n<!-- errors -->\n\nb').html.text).toContain('<hr>');
  });

  it('give each heading an address of its own, and their sections to the search', () => {
    const { headings, sections } = made(
      "first\n\n## The `order`\n\none\n\n## The order\n\ntwo\n\n- three\n\n## Zoë's café",
    );
    expect(headings.map(({ id }) => id)).toEqual(['the-order', 'the-order-2', 'zoes-cafe']);
    expect(sections.map(({ heading, text }) => [heading?.text, text])).toEqual([
      [undefined, 'first'],
      ['The order', 'one'],
      ['The order', 'two three'],
      ["Zoë's café", ''],
    ]);
  });

  it('begin with who they are for', () => {
    const head = 'title: Paying\nsummary: How.\norder: 3\nfor: frontend';
    const guide = parseGuide('paying.md', `---\n${head}\n---\n\nText`);
    expect(guide).toMatchObject({ slug: 'paying', title: 'Paying', order: 3, for: 'frontend' });
    expect(audienceGroups([guide])).toEqual([{ title: 'For frontends', guides: [guide] }]);
    expect(() => parseGuide('Paying.md', `---\n${head}\n---\n`)).toThrow('Paying.md');
    expect(() => parseGuide('paying.md', 'Text')).toThrow('paying.md: begins without');
    expect(() => parseGuide('paying.md', '---\ntitle: Paying\n---\n')).toThrow('summary');
    expect(() => parseGuide('paying.md', `---\n${head}s\n---\n`)).toThrow('for');
  });
});

describe('X1: the table of errors', () => {
  const known = { codes: ['cart_busy', 'not_found'], statusOf };
  const row = (code: string) => `${code}: { when: It is so., do: Try \`getCart\`. }\n`;

  it('has each code with its status, as the contract orders them', () => {
    const errors = readErrors(row('not_found') + row('cart_busy'), known);
    expect(errors.map(({ code, status }) => [code, status])).toEqual([
      ['cart_busy', 409],
      ['not_found', 404],
    ]);
    const { text } = errorsTable(errors, createTexts(links));
    expect(text).toContain('id="cart_busy"');
    expect(text).toContain('/docs/reference-cart#getCart');
  });

  it('fails, naming each, on codes that are missing or unknown', () => {
    expect(() => readErrors(row('cart_busy') + row('no_code'), known)).toThrow(
      'docs/errors.yaml: not_found is missing, no_code is no error code of the contract',
    );
    expect(() => readErrors('cart_busy: { when: It is so. }', known)).toThrow('docs/errors.yaml');
  });
});
