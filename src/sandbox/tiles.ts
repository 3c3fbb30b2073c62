import sharp from 'sharp';

const SIZE = { width: 1_200, height: 900 };
const COLOURS = ['#8a5a2b', '#b8572f', '#2f5d8a', '#5b6470', '#1f6f5c', '#7a3b69'] as const;

/** A picture to develop with: a tile of one colour with the name on it, as a jpeg. The place decides the colour. */
export async function tileOf(name: string, place: number): Promise<Buffer> {
  const background = COLOURS[place % COLOURS.length] ?? COLOURS[0];
  const plain = () => sharp({ create: { ...SIZE, channels: 3, background } });
  const words = `<span foreground="white">${name.replace(/[&<>]/g, ' ')}</span>`;
  const text = { text: words, rgba: true, width: 1_000, height: 200 };
  return (
    plain()
      .composite([{ input: { text } }])
      .jpeg()
      .toBuffer()
      // A machine without fonts has tiles without words.
      .catch(() => plain().jpeg().toBuffer())
  );
}
