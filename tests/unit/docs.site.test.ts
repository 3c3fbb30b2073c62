import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { siteOf } from '../../scripts/docs/build.js';
import { createFind } from '../../scripts/docs/find.js';
import { brokenLinks } from '../../scripts/docs/linkcheck.js';
import { makeSite, type Sources } from '../../scripts/docs/site.js';
import { DOCS_SOURCES } from '../../scripts/docs/sources.js';
import { isObject, objectAt, type JsonObject } from '../../scripts/generate/json.js';
import { errorCodes, operations } from '../../generated/operations.js';
import { generated } from '../contract/contract.reader.js';

const site = siteOf(process.cwd());
const page = (name: string): string => site.files.get(`${name}.html`) ?? '';
const contract = generated('openapi.json');
const schemas = objectAt(objectAt(contract.components, 'components').schemas, 'schemas');

describe('X1: the pages', () => {
  it.each(Object.entries(operations))(
    'show %s with all that may be asked of it',
    (id, { tag, path, method }) => {
      const [, section = ''] = page(`reference-${tag}`).split(`<section class="operation" id="${id}"`);
      const [own = ''] = section.split('<section class="operation"');
      expect(own).toContain(`<code>${path}</code>`);
      expect(own).toContain(`href="/docs/try#${id}"`);
      const operation = objectAt(objectAt(objectAt(contract.paths, 'paths')[path], path)[method], id);
      for (const status of Object.keys(objectAt(operation.responses, id))) {
        const told = status === 'default' ? 'other' : status;
        expect(own).toMatch(new RegExp(`<span class="status [a-z]+"\\s*>${told}</span`));
      }
    },
  );

  it('name every schema once', () => {
    const found = Array.from(
      page('schemas').matchAll(/<section class="schema" id="([^"]+)"/g),
      ([, name]) => name,
    );
    expect(found.sort()).toEqual(Object.keys(schemas).sort());
  });

  it('list every error code once', () => {
    const found = Array.from(page('errors').matchAll(/<tr id="([^"]+)"/g), ([, code]) => code);
    expect(found).toEqual([...errorCodes]);
  });

  it('have no script, style or handler in them, and no id twice', () => {
    for (const [name, text] of site.files) {
      if (!name.endsWith('.html')) continue;
      expect(text).not.toMatch(/<style|\sstyle=|<[^>]+\son[a-z]+=|<script(?![^>]* src="\/docs\/)/);
      const ids = Array.from(text.matchAll(/\sid="([^"]*)"/g), ([, id]) => id);
      expect([name, ids.filter((id, at) => ids.indexOf(id) !== at)]).toEqual([name, []]);
    }
  });

  it('stay small', () => {
    const bytes = [...site.files.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
    expect(bytes).toBeLessThan(5_000_000);
  });
});

describe('X1: the search', () => {
  const [, literal = '""'] =
    /^export const index = (.*);\n$/s.exec(site.files.get('search-index.js') ?? '') ?? [];
  const find = createFind(JSON.parse(literal) as string);

  it.each([
    ['insufficient_stock', '/docs/errors#insufficient_stock'],
    ['placeOrder', '/docs/reference-orders#placeOrder'],
    ['place order', '/docs/reference-orders#placeOrder'],
    ['how do I place an order?', '/docs/reference-orders#placeOrder'],
    ['/v1/auth/login', '/docs/reference-auth#login'],
    ['PaymentIntent', '/docs/schemas#PaymentIntent'],
    ['insuficient stok', '/docs/errors#insufficient_stock'],
  ])('finds %s first', (words, url) => {
    expect(find(words)[0]?.url).toBe(url);
  });

  it('knows every operation, schema and error code by its name', () => {
    for (const name of [...Object.keys(operations), ...Object.keys(schemas), ...errorCodes])
      expect([name, find(name).some((one) => one.name === name)]).toEqual([name, true]);
  });

  it('finds nothing where nothing is', () => expect(find('xylophone quartz')).toEqual([]));
});

describe('X1: the build', () => {
  /** A contract of one operation, one message and a schema inside itself. */
  function small(change: (document: JsonObject) => void = () => undefined): Sources {
    const text = {
      description: 'What it is.',
      content: { 'application/json': { schema: ref('Node'), examples: {} } },
    };
    const document: JsonObject = {
      openapi: '3.1.0',
      info: {
        title: 'Small',
        version: '1.0.0',
        summary: 'Small.',
        description: 'See [it](#below).\n\n## Below',
      },
      servers: [{ url: '/', description: 'Here' }],
      tags: [{ name: 'nodes', description: 'Nodes. All of them.' }],
      paths: {
        '/nodes': { get: operation('getNode') },
        '/openapi.json': { get: operation('getJson') },
        '/openapi.yaml': { get: operation('getYaml') },
        '/openapi-3.0.json': { get: operation('getJson30') },
      },
      webhooks: { nodeChanged: { post: { ...operation('nodeChanged'), requestBody: text } } },
      components: {
        securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'A token.' } },
        schemas: {
          Node: {
            type: 'object',
            properties: { children: { type: 'array', items: ref('Node') }, code: ref('ErrorCode') },
          },
          ErrorCode: { type: 'string', enum: ['not_found'] },
        },
      },
    };
    function operation(operationId: string): JsonObject {
      return {
        operationId,
        tags: ['nodes'],
        summary: 'One',
        description: 'One.',
        security: [],
        responses: { '200': text },
      };
    }
    change(document);
    const guide = {
      slug: 'errors',
      title: 'Errors',
      summary: 'All.',
      order: 1,
      for: 'everyone',
      text: '<!-- errors -->\n',
    } as const;
    return {
      document,
      guides: [guide],
      errors: 'not_found: { when: It is not there., do: Look elsewhere. }',
      statusOf: { not_found: 404 },
      limits: {},
    };
  }
  const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });

  it('shows webhooks, and schemas that are inside themselves', () => {
    const { files, entries } = makeSite(small());
    expect(files.get('webhooks.html')).toContain('id="nodeChanged"');
    expect(files.get('webhooks.html')).toContain('/docs/schemas#Node');
    expect(entries.map(({ url }) => url)).toContain('/docs/webhooks#nodeChanged');
    expect(files.get('index.html')).toContain('href="/docs/webhooks"');
  });

  it('fails on every link that leads nowhere', () => {
    const broken = small(({ info }) => {
      if (isObject(info)) info.description = 'See [it](#nowhere), [that](/docs/nothing) and [this](/nodes).';
    });
    expect(() => makeSite(broken)).toThrow(
      'links that lead nowhere:\n  /docs/reference: #nowhere leads to no place on /docs/reference\n  /docs/reference: /docs/nothing leads nowhere',
    );
    const pages = new Map([
      ['/a', '<a href="/b#x"></a><a href="https://else.where/"></a><img src="/c.svg">'],
    ]);
    expect(brokenLinks(pages, new Set(['/b']))).toEqual(['/a: /c.svg leads nowhere']);
  });

  it('fails without a place for the errors, with two, and on pages of one name', () => {
    const sources = small();
    const [guide] = sources.guides;
    if (guide === undefined) throw new Error('there is a guide');
    expect(() => makeSite({ ...sources, guides: [] })).toThrow('exactly one guide');
    expect(() => makeSite({ ...sources, guides: [guide, { ...guide, slug: 'more' }] })).toThrow(
      'exactly one guide',
    );
    expect(() => makeSite({ ...sources, guides: [{ ...guide, slug: 'schemas' }] })).toThrow(
      'two pages are called schemas',
    );
  });

  it('fails on a limit without figures', () => {
    const limited = small(({ paths }) => {
      const { get } = objectAt(objectAt(paths, 'paths')['/nodes'], '/nodes');
      if (isObject(get)) get['x-rate-limit'] = 'nodes';
    });
    expect(() => makeSite(limited)).toThrow('no figures for the limit nodes');
  });

  it('has in the image what it reads', () => {
    const [stage = ''] = readFileSync('Dockerfile', 'utf8').split(/^FROM node:24-slim$/m);
    const copied = stage
      .split('\n')
      .flatMap((line) => (line.startsWith('COPY ') ? line.split(' ').slice(1, -1) : []));
    const ignored = readFileSync('.dockerignore', 'utf8').split('\n');
    for (const source of DOCS_SOURCES) {
      expect([source, copied.some((one) => source === one || source.startsWith(`${one}/`))]).toEqual([
        source,
        true,
      ]);
      const [folder = ''] = source.split('/');
      const isLeftOut =
        ignored.includes(folder) || (ignored.includes(`${folder}/*`) && !ignored.includes(`!${source}`));
      expect([source, isLeftOut]).toEqual([source, false]);
    }
  });
});
