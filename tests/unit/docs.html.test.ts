import { describe, expect, it } from '@jest/globals';
import { codeBlock } from '../../scripts/docs/code.js';
import { curlOf } from '../../scripts/docs/curl.js';
import { html, plainText, trusted } from '../../scripts/docs/html.js';

describe('X1: HTML of the documentation', () => {
  it('escapes whatever is put into it, in texts and in attributes', () => {
    const bad = `<script>alert("it's" & more)</script>`;
    const safe = '&lt;script&gt;alert(&quot;it&#39;s&quot; &amp; more)&lt;/script&gt;';
    expect(html`<p title="${bad}">${bad}</p>`.text).toBe(`<p title="${safe}">${safe}</p>`);
    expect(html`${[bad, [bad]]}`.text).toBe(safe + safe);
  });

  it('takes HTML as it is, lists as their parts, and nothing for nothing', () => {
    expect(html`${[html`<b>1</b>`, false, undefined, 2, trusted('<i>')]}`.text).toBe('<b>1</b>2<i>');
  });

  it('gives its words back', () => {
    expect(plainText(html`<p>A <b>bold</b> ${'<tag> & more'}</p>`)).toBe('A bold <tag> & more');
  });

  it.each(['json', 'js', 'sh', 'unknown'])('colours %s without losing or obeying a character', (language) => {
    const code = `{"a<b>": "x\\"</code>", 'n': 12.5} // <i>\n# & 'it' "two"`;
    const { text } = codeBlock(code, language);
    expect(text).not.toMatch(/<(?!\/?(figure|pre|code|span)\b)/);
    const [, inner = ''] = /<pre><code>([\s\S]*)<\/code><\/pre>/.exec(text) ?? [];
    const read = inner
      .replace(/<[^>]+>/g, '')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&amp;', '&');
    expect(read).toBe(code);
  });
});

describe('X1: commands', () => {
  it('quote for the shell whatever is in them', () => {
    const command = curlOf({
      method: 'put',
      url: 'http://h/a?b=c&d=e',
      headers: [['X-Note', "it's $HOME"]],
      body: { kind: 'text', text: `{"a":"it's"}` },
    });
    expect(command).toBe(
      `curl 'http://h/a?b=c&d=e' \\\n  -X PUT \\\n  -H 'X-Note: it'\\''s $HOME' \\\n  --data '{"a":"it'\\''s"}'`,
    );
  });

  it('leave the token to the shell, keep cookies, and send files', () => {
    const command = curlOf({
      method: 'post',
      url: 'http://h/a',
      headers: [['Authorization', 'Bearer $TOKEN']],
      keepsCookies: true,
      body: {
        kind: 'form',
        fields: [
          { name: 'image', value: 'my lamp.png', isFile: true },
          { name: 'alt', value: '@home', isFile: false },
        ],
      },
    });
    expect(command).toBe(
      `curl http://h/a \\\n  -b jar -c jar \\\n  -H "Authorization: Bearer $TOKEN" \\\n  -F 'image=@my lamp.png' \\\n  --form-string alt=@home`,
    );
  });
});
