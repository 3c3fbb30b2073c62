import { openSearch } from './search.box.js';

/*
 * On every page: buttons that copy code, the address of this server in the examples, and a search that loads when it is wanted.
 */

const SAMPLE_ORIGIN = 'http://127.0.0.1:3000';

function showOwnOrigin(): void {
  if (location.origin === SAMPLE_ORIGIN) return;
  for (const code of document.querySelectorAll('figure.code code')) {
    const walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const text = node.nodeValue ?? '';
      if (text.includes(SAMPLE_ORIGIN)) node.nodeValue = text.replaceAll(SAMPLE_ORIGIN, location.origin);
    }
  }
}

function addCopyButtons(): void {
  for (const figure of document.querySelectorAll('figure.code')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'copy';
    button.textContent = 'Copy';
    button.addEventListener('click', () => void copy(figure, button));
    figure.append(button);
  }
}

async function copy(figure: Element, button: HTMLButtonElement): Promise<void> {
  const text = figure.querySelector('code')?.textContent ?? '';
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = 'Copied';
  } catch {
    // A page that is not served over TLS may not copy: the text is marked, so that the reader can.
    const code = figure.querySelector('code');
    if (code !== null) getSelection()?.selectAllChildren(code);
    button.textContent = 'Marked';
  }
  setTimeout(() => (button.textContent = 'Copy'), 2_000);
}

showOwnOrigin();
addCopyButtons();
openSearch();
