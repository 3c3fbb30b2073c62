import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

const sheet = readFileSync('scripts/docs/style/10-base.css', 'utf8');
const [light = '', dark = ''] = sheet.split('@media (prefers-color-scheme: dark)');
const colours = (part: string): Record<string, string> =>
  Object.fromEntries(
    Array.from(part.matchAll(/--([a-z-]+): (#[0-9a-f]{6})/g), ([, name = '', value = '']) => [name, value]),
  );

/** How bright a colour is to the eye, as WCAG 2 reckons it. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one = '', other = ''): number {
  const [bright = 0, dim = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (bright + 0.05) / (dim + 0.05);
}

/** Every text colour with the grounds that it is written on. */
const PAIRS: [text: string, ground: string][] = [
  ...['text', 'quiet', 'accent', 'bad'].flatMap((text): [string, string][] =>
    ['ground', 'raised', 'code-ground'].map((ground) => [text, ground]),
  ),
  ...['key', 'string', 'number'].map((text): [string, string] => [text, 'code-ground']),
  ['accent', 'accent-ground'],
  ['text', 'accent-ground'],
  ['on-accent', 'accent'],
  ['good', 'good-ground'],
  ['bad', 'bad-ground'],
  ['text', 'bad-ground'],
  ['warm', 'warm-ground'],
];

describe.each([
  ['light', colours(light)],
  ['dark', { ...colours(light), ...colours(dark) }],
])('X1: the %s colours', (_name, all) => {
  it.each(PAIRS)('%s can be read on %s', (text, ground) => {
    expect(contrast(all[text], all[ground])).toBeGreaterThanOrEqual(4.5);
  });
});
