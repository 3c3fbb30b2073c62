import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const AUDIENCES = ['everyone', 'frontend', 'partner', 'admin', 'operator'] as const;
type Audience = (typeof AUDIENCES)[number];

const AUDIENCE_TITLES: Record<Audience, string> = {
  everyone: 'Start here',
  frontend: 'For frontends',
  partner: 'For partners',
  admin: 'For admins',
  operator: 'For operators',
};

/** A guide as it is written in `docs/guides/<slug>.md`. */
export type Guide = {
  slug: string;
  title: string;
  summary: string;
  order: number;
  for: Audience;
  /** Its Markdown, without the front matter. */
  text: string;
};

const frontMatter = z.strictObject({
  title: z.string().min(1),
  summary: z.string().min(1),
  order: z.number(),
  for: z.enum(AUDIENCES),
});

/** All guides of a folder, in their order. Throws, naming the file, where the front matter is missing or wrong. */
export function readGuides(folder: string): Guide[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.md'));
  const guides = files.map((file) => parseGuide(file, readFileSync(join(folder, file), 'utf8')));
  return guides.sort((one, other) => one.order - other.order || one.slug.localeCompare(other.slug));
}

export function parseGuide(file: string, content: string): Guide {
  const slug = file.replace(/\.md$/, '');
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug))
    throw new Error(`${file}: the name of a guide is small letters, digits and hyphens`);
  const [, head, text] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(content.replaceAll('\r\n', '\n')) ?? [];
  if (head === undefined || text === undefined)
    throw new Error(`${file}: begins without title, summary, order and for between lines of ---`);
  const found = frontMatter.safeParse(parse(head));
  if (!found.success) throw new Error(`${file}: ${z.prettifyError(found.error)}`);
  return { slug, ...found.data, text };
}

/** The guides by who reads them, in the order of the audiences; none without a guide. */
export function audienceGroups(guides: readonly Guide[]): { title: string; guides: Guide[] }[] {
  return AUDIENCES.map((audience) => ({
    title: AUDIENCE_TITLES[audience],
    guides: guides.filter((guide) => guide.for === audience),
  })).filter((group) => group.guides.length > 0);
}
