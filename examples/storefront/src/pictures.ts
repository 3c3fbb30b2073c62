import type { CartItem, Product, ProductImage } from '../../../generated/openapi.js';
import { api, ask, onServer } from './api.js';
import { el } from './dom.js';

/** The first picture of each product that was seen: a line of the cart does not say it. */
const seen = new Map<string, ProductImage | undefined>();

export function learnPictures(products: readonly Product[]): void {
  for (const { id, images } of products) seen.set(id, images[0]);
}

/** Asks for the products of those lines whose pictures are not known yet. What is not sold any more has none to show. */
export async function loadPictures(items: readonly CartItem[]): Promise<void> {
  const unknown = items.filter(
    ({ productId, problems }) => !seen.has(productId) && !problems.includes('archived'),
  );
  const reads = unknown.map(({ productId }) =>
    ask(() => api.GET('/v1/products/{productId}', { params: { path: { productId } } })),
  );
  // A cart without a picture is still a cart.
  for (const read of await Promise.allSettled(reads))
    if (read.status === 'fulfilled') learnPictures([read.value]);
}

export function productPicture(
  { images: [image], name }: Product,
  size: 'url' | 'thumbnailUrl',
): HTMLElement {
  return picture(image, name, size);
}

export function linePicture({ productId, name }: CartItem): HTMLElement {
  return picture(seen.get(productId), name, 'thumbnailUrl');
}

/** Where there is no picture, the first letter of the name. */
function picture(image: ProductImage | undefined, name: string, size: 'url' | 'thumbnailUrl'): HTMLElement {
  if (image === undefined) return el('span', { class: 'picture', 'aria-hidden': 'true' }, name.charAt(0));
  const { alt, width, height } = image;
  return el('img', { class: 'picture', src: onServer(image[size]), alt, width, height, loading: 'lazy' });
}
