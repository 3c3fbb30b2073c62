import { html, textOf, type Html } from './notifications.html.js';

/** What a mail is made of. Each block is written twice, as markup and as plain text, so that both parts say the same. */
export type Block =
  | { kind: 'paragraph'; text: string }
  | { kind: 'link'; url: string }
  | { kind: 'lines'; title: string; lines: readonly string[] }
  | { kind: 'table'; rows: readonly { label: string; note: string; value: string }[]; total: string };

/** Texts may hold line breaks that somebody wrote; a line of the mail never does. */
export type Letter = { subject: string; blocks: readonly Block[]; signature: string };

/** A mail, ready to be sent. */
export type RenderedMail = { subject: string; html: string; text: string };

export function layOut(letter: Letter): RenderedMail {
  const subject = oneLine(letter.subject);
  const signature = oneLine(letter.signature);
  const blocks = letter.blocks.map(onItsLines);
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${subject}</title>
      </head>
      <body style="margin:0 auto;max-width:600px;padding:24px;font:16px/1.5 sans-serif;color:#222">
        ${blocks.map(asHtml)}
        <p style="color:#666">${signature}</p>
      </body>
    </html> `;
  return { subject, html: textOf(page), text: [...blocks.map(asText), `${signature}\n`].join('\n\n') };
}

/** What people wrote themselves stays on its line: it cannot look like another part of the mail. */
function onItsLines(block: Block): Block {
  switch (block.kind) {
    case 'paragraph':
      return { kind: 'paragraph', text: oneLine(block.text) };
    case 'link':
      return { kind: 'link', url: oneLine(block.url) };
    case 'lines':
      return { kind: 'lines', title: oneLine(block.title), lines: block.lines.map(oneLine) };
    case 'table': {
      const rows = block.rows.map(({ label, note, value }) => ({
        label: oneLine(label),
        note: oneLine(note),
        value: oneLine(value),
      }));
      return { kind: 'table', rows, total: oneLine(block.total) };
    }
  }
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function asHtml(block: Block): Html {
  switch (block.kind) {
    case 'paragraph':
      return html`<p>${block.text}</p> `;
    case 'link':
      return html`<p><a href="${block.url}">${block.url}</a></p> `;
    case 'lines':
      return html`<p><strong>${block.title}</strong>${block.lines.map((line) => html`<br />${line}`)}</p> `;
    case 'table':
      return html`<table style="width:100%;border-collapse:collapse">
        ${block.rows.map(
          ({ label, note, value }) =>
            html`<tr>
              <td style="padding:4px 0">${label}<br /><small>${note}</small></td>
              <td style="text-align:right">${value}</td>
            </tr> `,
        )}
        <tr>
          <th style="text-align:left">Total</th>
          <th style="text-align:right">${block.total}</th>
        </tr>
      </table> `;
  }
}

function asText(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return block.text;
    case 'link':
      return block.url;
    case 'lines':
      return [block.title, ...block.lines].join('\n');
    case 'table':
      return [
        ...block.rows.map(({ label, note, value }) => `${label}\n  ${note}: ${value}`),
        `Total: ${block.total}`,
      ].join('\n');
  }
}
