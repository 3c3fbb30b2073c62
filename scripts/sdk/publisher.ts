import { objectAt, textAt, type JsonObject } from '../generate/json.js';

/** Whom a package names as its maker, so that it names no generator: all of it stands in the contract. */
export type Publisher = {
  /** What the API is called. */
  title: string;
  /** One line on what it is. */
  summary: string;
  /** Who answers questions, and where. */
  name: string;
  homepage: string;
  licence: { name: string; url: string };
};

/** Reads `info` of the contract. Throws where a part of it is missing. */
export function publisherOf(info: JsonObject): Publisher {
  const contact = objectAt(info.contact, 'info.contact');
  const license = objectAt(info.license, 'info.license');
  const title = textAt(info.title, 'info.title');
  return {
    title,
    summary: textAt(info.summary, 'info.summary'),
    name: title,
    homepage: textAt(contact.url, 'info.contact.url'),
    licence: {
      name: textAt(license.name, 'info.license.name'),
      url: textAt(license.url, 'info.license.url'),
    },
  };
}
