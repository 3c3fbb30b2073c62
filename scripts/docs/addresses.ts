import type { Contract } from './contract.js';

/** The address of each thing that pages link to. Nobody else puts one together. */
export const addressOf = {
  home: '/docs',
  page: (slug: string): string => `/docs/${slug}`,
  tag: (tag: string): string => `/docs/reference-${tag}`,
  operation: ({ tag, id }: { tag: string; id: string }): string => `/docs/reference-${tag}#${id}`,
  webhook: (id: string): string => `/docs/webhooks#${id}`,
  schema: (name: string): string => `/docs/schemas#${name}`,
  tryOut: (id: string): string => `/docs/try#${id}`,
} as const;

/** Finds what texts point at. Each throws on what there is not, with the words that a writer needs. */
export type Links = {
  operation: (id: string) => string;
  schema: (name: string) => string;
  error: (code: string) => string;
  guide: (slug: string) => string;
  /** The address of what a piece of code in a text names by itself: an operation or an error code. */
  named: (code: string) => string | undefined;
};

type Deps = {
  contract: Contract;
  guides: readonly string[];
  /** The page that lists all error codes. */
  errorsPage: string;
};

export function createLinks({ contract, guides, errorsPage }: Deps): Links {
  const operations = new Map(contract.operations.map((one) => [one.id, addressOf.operation(one)]));
  const paths = new Map(
    contract.operations.map((one) => [`${one.method.toUpperCase()} ${one.path}`, addressOf.operation(one)]),
  );
  const schemas = new Map(Array.from(contract.schemas.keys(), (name) => [name, addressOf.schema(name)]));
  const errors = new Map(contract.errorCodes.map((code) => [code, `${addressOf.page(errorsPage)}#${code}`]));
  const pages = new Map(guides.map((slug) => [slug, addressOf.page(slug)]));
  const webhooks = new Map(contract.webhooks.map(({ id }) => [id, addressOf.webhook(id)]));

  const finder = (what: string, known: ReadonlyMap<string, string>) => (name: string) => {
    const address = known.get(name);
    if (address === undefined) throw new Error(`there is no ${what} ${name}`);
    return address;
  };
  return {
    operation: finder('operation', new Map([...webhooks, ...operations])),
    schema: finder('schema', schemas),
    error: finder('error code', errors),
    guide: finder('guide', pages),
    named: (code) => operations.get(code) ?? paths.get(code) ?? errors.get(code),
  };
}
