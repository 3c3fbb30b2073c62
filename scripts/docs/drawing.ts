import type { Links } from './addresses.js';
import type { SchemaTree } from './schema.tree.js';
import type { Texts } from './texts.js';

/** What parts of a page are drawn with. */
export type Drawing = { links: Links; texts: Texts; tree: SchemaTree };
