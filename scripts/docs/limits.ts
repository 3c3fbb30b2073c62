import type { RateLimit } from '../../src/platform/config.js';
import { addressOf } from './addresses.js';
import type { Contract } from './contract.js';
import { html, type Html } from './html.js';

const MINUTE_MS = 60_000;

/** How many in each window. A limit need not count by account. */
export type Figures = Pick<RateLimit, 'perAddress' | 'windowMs'> & Partial<RateLimit>;

/** The limits that operations count for, with the figures that hold when nothing is configured. Throws on a limit without figures. */
export function limitsTable({ operations }: Contract, limits: Readonly<Record<string, Figures>>): Html {
  const names = [...new Set(operations.flatMap(({ rateLimit }) => rateLimit ?? []))];
  const row = (name: string): Html => {
    const limit = limits[name];
    if (limit === undefined) throw new Error(`there are no figures for the limit ${name}`);
    const members = operations.filter(({ rateLimit }) => rateLimit === name);
    const links = members.map(
      (one, at) => html`${at > 0 && ', '}<a href="${addressOf.operation(one)}"><code>${one.id}</code></a>`,
    );
    return html`<tr>
      <th scope="row"><code>${name}</code></th>
      <td data-label="Operations">${links}</td>
      <td data-label="By address">${figure(limit.perAddress, limit)}</td>
      <td data-label="By account, from one address">${figure(limit.perAccount, limit)}</td>
      <td data-label="By account, from all">${figure(limit.perAccountEverywhere, limit)}</td>
    </tr>`;
  };
  return html`<table class="stacked">
    <thead>
      <tr>
        <th scope="col">Limit</th>
        <th scope="col">Operations that count for it</th>
        <th scope="col">By address</th>
        <th scope="col">By account, from one address</th>
        <th scope="col">By account, from all</th>
      </tr>
    </thead>
    <tbody>
      ${names.map(row)}
    </tbody>
  </table>`;
}

function figure(most: number | undefined, { windowMs }: Figures): string {
  if (most === undefined) return 'not counted';
  const minutes = windowMs / MINUTE_MS;
  return `${most} in ${minutes === 60 ? 'an hour' : `${minutes} minutes`}`;
}
