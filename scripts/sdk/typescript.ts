import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import openapiTS, { astToString } from 'openapi-typescript';
import type { Publisher } from './publisher.js';

const INDEX = `import createClient, { type Client, type ClientOptions } from 'openapi-fetch';
import type { paths } from './contract.js';

export type * from './contract.js';
export type Holdfast = Client<paths>;

/**
 * A client of the Holdfast API. \`baseUrl\` is the server without \`/v1\`. A program gives its \`token\` (of \`POST /v1/auth/token\`);
 * a page gives none, and uses the session cookie.
 */
export function holdfast({ token, ...options }: ClientOptions & { baseUrl: string; token?: string }): Holdfast {
  const client = createClient<paths>({ credentials: 'include', ...options });
  if (token !== undefined) {
    client.use({
      onRequest({ request }) {
        request.headers.set('Authorization', \`Bearer \${token}\`);
        return request;
      },
    });
  }
  return client;
}
`;

const README = `# Holdfast for TypeScript

\`\`\`ts
import { holdfast } from 'holdfast';

const api = holdfast({ baseUrl: 'https://shop.example' });
const { data, error } = await api.GET('/v1/products', { params: { query: { inStock: true } } });
if (error) console.log(error.code);
\`\`\`
`;

/** An npm package: the types of the contract, and a client (openapi-fetch) that has them. */
export async function makeTypeScript(input: {
  contract: string;
  version: string;
  publisher: Publisher;
  folder: string;
}): Promise<void> {
  const { contract, version, publisher, folder } = input;
  const nodes = await openapiTS(readFileSync(contract, 'utf8'), {
    rootTypes: true,
    rootTypesNoSchemaPrefix: true,
    silent: true,
  });
  const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    devDependencies: Record<string, string>;
  };
  const manifest = {
    name: 'holdfast',
    version,
    description: publisher.summary,
    author: publisher.name,
    homepage: publisher.homepage,
    license: 'SEE LICENSE IN README.md',
    type: 'module',
    exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' } },
    files: ['dist'],
    scripts: { build: 'tsc' },
    dependencies: { 'openapi-fetch': devDependencies['openapi-fetch'] },
    devDependencies: { typescript: devDependencies['typescript'] },
  };
  const compiler = {
    compilerOptions: {
      target: 'ES2022',
      lib: ['ES2022', 'DOM'],
      module: 'NodeNext',
      moduleResolution: 'NodeNext',
      strict: true,
      declaration: true,
      types: [],
      outDir: 'dist',
      rootDir: 'src',
    },
    include: ['src'],
  };
  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
  write('src/contract.ts', astToString(nodes));
  write('src/index.ts', INDEX);
  write('package.json', `${JSON.stringify(manifest, null, 2)}\n`);
  write('tsconfig.json', `${JSON.stringify(compiler, null, 2)}\n`);
  write('README.md', `${README}\nLicence: ${publisher.licence.name}, <${publisher.licence.url}>.\n`);
}
