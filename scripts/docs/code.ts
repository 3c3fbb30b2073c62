import { escaped, html, trusted, type Html } from './html.js';

/** Token patterns of a language: each match gets the class of its group. What no group matches stays as it is. */
type Language = { pattern: RegExp };

const JSON_TOKENS: Language = {
  pattern:
    /(?<k>"(?:[^"\\]|\\.)*"(?=\s*:))|(?<s>"(?:[^"\\]|\\.)*")|(?<n>\b(?:true|false|null)\b|-?\b\d[\d.eE+-]*)/g,
};
const SCRIPT_TOKENS: Language = {
  pattern:
    /(?<c>\/\/[^\n]*|\/\*[\s\S]*?\*\/)|(?<s>'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`)|(?<k>\b(?:const|let|await|async|function|return|if|else|new|import|export|from|type|for|of|throw|try|catch)\b)/g,
};
const SHELL_TOKENS: Language = {
  pattern:
    /(?<c>(?<=^|\s)#[^\n]*)|(?<s>'[^']*'|"(?:[^"\\]|\\.)*")|(?<k>^(?:curl|npm|npx|docker|node|export)\b)/gm,
};

const LANGUAGES: Readonly<Record<string, Language>> = {
  json: JSON_TOKENS,
  js: SCRIPT_TOKENS,
  ts: SCRIPT_TOKENS,
  javascript: SCRIPT_TOKENS,
  typescript: SCRIPT_TOKENS,
  sh: SHELL_TOKENS,
  bash: SHELL_TOKENS,
};

/** A block of code, with its strings, keys and comments marked where the language is known. */
export function codeBlock(text: string, language = ''): Html {
  const label = language === '' ? 'Code' : language;
  return html`<figure class="code" aria-label="${label}">
    <pre><code>${coloured(text.replace(/\n$/, ''), language)}</code></pre>
  </figure>`;
}

export function jsonBlock(value: unknown): Html {
  return codeBlock(JSON.stringify(value, null, 2), 'json');
}

function coloured(text: string, language: string): Html {
  const tokens = LANGUAGES[language]?.pattern;
  if (tokens === undefined) return trusted(escaped(text));
  let result = '';
  let end = 0;
  for (const match of text.matchAll(tokens)) {
    const kind = groupOf(match.groups);
    result += `${escaped(text.slice(end, match.index))}<span class="${kind}">${escaped(match[0])}</span>`;
    end = match.index + match[0].length;
  }
  return trusted(result + escaped(text.slice(end)));
}

/** The group that a token was found by; the others have found nothing. */
function groupOf(groups: Readonly<Record<string, string | undefined>> = {}): string {
  return Object.keys(groups).find((name) => groups[name] !== undefined) ?? '';
}
