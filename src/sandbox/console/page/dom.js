/*
 * The little that the page needs of a framework: elements from text alone, and lists that change in place. Nothing is ever
 * parsed as HTML, so nothing that a customer wrote can become a part of the page.
 */

/**
 * @param {string} tag
 * @param {Record<string, string>} attributes
 * @param {...(Node | string)} children
 * @returns {HTMLElement}
 */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

/**
 * The element with that id, which the page has.
 * @param {string} id
 * @returns {HTMLElement}
 */
export function byId(id) {
  const node = document.getElementById(id);
  if (node === null) throw new Error(`the page has no #${id}`);
  return node;
}

/**
 * Writes only what has changed: a selection in the text, and a reader that speaks it, are left in peace.
 * @param {Node} node
 * @param {string} text
 */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/**
 * @param {Element} node
 * @param {string} name
 * @param {string | null} value null takes the attribute away
 */
export function setAttribute(node, name, value) {
  if (node.getAttribute(name) === value) return;
  if (value === null) node.removeAttribute(name);
  else node.setAttribute(name, value);
}

/**
 * @template Item
 * @typedef {{ node: HTMLElement, update: (item: Item) => void }} Row
 */

/**
 * A list in `container` that follows its items: a row is made once, changes in place, and stays where it is. One that has
 * the focus, or something open, stays until it is left.
 * @template Item
 * @param {HTMLElement} container
 * @param {(item: Item) => string} keyOf
 * @param {(item: Item) => Row<Item>} create
 * @returns {(items: readonly Item[]) => void}
 */
export function list(container, keyOf, create) {
  /** @type {Map<string, Row<Item>>} */
  const rows = new Map();
  return (items) => {
    const keys = new Set(items.map(keyOf));
    for (const [key, { node }] of rows) {
      if (keys.has(key) || isInUse(node)) continue;
      node.remove();
      rows.delete(key);
    }
    /** @type {Element | null} */
    let next = container.firstElementChild;
    for (const item of items) {
      const key = keyOf(item);
      const row = rows.get(key) ?? create(item);
      row.update(item);
      rows.set(key, row);
      if (row.node === next) next = next.nextElementSibling;
      else if (!row.node.isConnected) container.insertBefore(row.node, next);
      else next = row.node.nextElementSibling;
    }
  };
}

/**
 * Whether somebody is at it: it has the focus, or something open.
 * @param {HTMLElement} node
 */
export function isInUse(node) {
  return node.contains(document.activeElement) || node.querySelector('details[open]') !== null;
}

/**
 * A button that says why it cannot be pressed, instead of being dead: it stays reachable, and pressing it tells the reason.
 * @param {Element} button
 * @param {string | null} reason null where it can be pressed
 */
export function setReason(button, reason) {
  setAttribute(button, 'aria-disabled', reason === null ? null : 'true');
  setAttribute(button, 'title', reason);
}
