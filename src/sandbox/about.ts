import type { Answer } from './http.js';

/** What a stand-in tells of itself. Texts of ours, put into the page as they are. */
export type About = {
  title: string;
  /** What it stands in for, in a sentence. */
  what: string;
  /** Method and path, and what is there. */
  ways: readonly (readonly [way: string, what: string])[];
  /** Where the console is, which shows and does the same with buttons; undefined where there is none. */
  consoleUrl?: string | undefined;
};

/** The console answers this machine alone, whatever address the API is known by. */
export function consoleUrlOf({ port }: { port: number }): string {
  return `http://127.0.0.1:${port}/sandbox`;
}

const STYLE =
  ':root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}' +
  'body{max-width:44rem;margin:2rem auto;padding:0 1rem}' +
  'dt{margin-top:.75rem;font-family:ui-monospace,monospace;overflow-wrap:anywhere}dd{margin:0}';

/** The page at `/` of a stand-in, for whoever comes by: it runs nothing, and loads nothing. */
export function aboutPage({ title, what, ways, consoleUrl }: About): Answer {
  const back = consoleUrl === undefined ? '' : `<p><a href="${consoleUrl}">Back to the console</a></p>`;
  const list = ways.map(([way, does]) => `<dt>${way}</dt><dd>${does}</dd>`).join('\n');
  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    },
    body: `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${title}</h1>
<p>${what} It listens on this machine only, and is never a part of production.</p>
${back}
<dl>
${list}
</dl>
</body>
</html>
`,
  };
}
