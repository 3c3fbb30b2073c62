import { parse } from 'yaml';
import { z } from 'zod';
import { escaped, html, trusted, type Html } from './html.js';
import type { Texts } from './texts.js';

/** What the reader of an error needs to know of its code. */
export type ErrorText = { code: string; status: number; when: string; do: string };

const schema = z.record(z.string(), z.strictObject({ when: z.string().min(1), do: z.string().min(1) }));

type Known = { codes: readonly string[]; statusOf: Readonly<Record<string, number>> };

/**
 * The texts of `docs/errors.yaml`, in the order of the contract. Throws, naming them all, where a code of the contract is missing there,
 * or one stands there that the contract does not have.
 */
export function readErrors(yaml: string, { codes, statusOf }: Known): ErrorText[] {
  const found = schema.safeParse(parse(yaml));
  if (!found.success) throw new Error(`docs/errors.yaml: ${z.prettifyError(found.error)}`);
  const texts = found.data;
  const missing = codes.filter((code) => texts[code] === undefined);
  const unknown = Object.keys(texts).filter((code) => !codes.includes(code));
  const problems = [
    ...missing.map((code) => `${code} is missing`),
    ...unknown.map((code) => `${code} is no error code of the contract`),
  ];
  if (problems.length > 0) throw new Error(`docs/errors.yaml: ${problems.join(', ')}`);
  return codes.flatMap((code) => {
    const text = texts[code];
    const status = statusOf[code];
    if (status === undefined) throw new Error(`the server has no status for the error code ${code}`);
    return text === undefined ? [] : [{ code, status, ...text }];
  });
}

/** All codes in a table; each row can be linked to by its code. */
export function errorsTable(errors: readonly ErrorText[], texts: Texts): Html {
  return html`<table class="stacked">
    <thead>
      <tr>
        <th scope="col">Code</th>
        <th scope="col">Status</th>
        <th scope="col">When</th>
        <th scope="col">What to do</th>
      </tr>
    </thead>
    <tbody>
      ${errors.map(
        ({ code, status, when, do: advice }) =>
          html`<tr id="${code}">
            <th scope="row"><code>${trusted(escaped(code).replaceAll('_', '_<wbr>'))}</code></th>
            <td data-label="Status">${status}</td>
            <td data-label="When">${texts.inline(when, `docs/errors.yaml, ${code}`)}</td>
            <td data-label="What to do">${texts.inline(advice, `docs/errors.yaml, ${code}`)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}
