import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import ts from 'typescript';
import { isObject, type Json } from '../../scripts/generate/json.js';
import { generated } from './contract.reader.js';

/*
 * The errors that the contract shows, and that the mock answers with, are in the server's own words: each sentence is one that
 * stands in the sources of the server, with anything in the places that a template leaves open.
 */

const FOLDERS = ['src/platform', 'src/modules'];
/** A template with less text of its own says nothing. */
const LEAST = 8;

function texts(folder: string): RegExp[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((one) =>
    one.endsWith('.ts'),
  );
  return files.flatMap((file) => {
    const source = ts.createSourceFile(
      file,
      readFileSync(join(folder, file), 'utf8'),
      ts.ScriptTarget.Latest,
    );
    const found: RegExp[] = [];
    const visit = (node: ts.Node): void => {
      const pieces = piecesOf(node);
      if (pieces !== undefined && pieces.join('').length >= LEAST)
        found.push(new RegExp(`^${pieces.map(literally).join('.+')}$`, 's'));
      ts.forEachChild(node, visit);
    };
    visit(source);
    return found;
  });
}

/** The fixed parts of a text; undefined where a node is none. */
function piecesOf(node: ts.Node): string[] | undefined {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return [node.text];
  if (!ts.isTemplateExpression(node)) return undefined;
  return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)];
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Every message of every error that stands anywhere in the contract. */
function messagesIn(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(messagesIn);
  if (!isObject(value)) return [];
  const own = value.success === false ? [value, ...(Array.isArray(value.errors) ? value.errors : [])] : [];
  const told = own.flatMap((one) => (isObject(one) && typeof one.message === 'string' ? [one.message] : []));
  return [...told, ...Object.values(value).flatMap(messagesIn)];
}

/** Every message that a guide shows in an answer; what it shows as sent is the reader's own. */
function messagesInGuides(): string[] {
  const folder = 'docs/guides';
  const texts = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
  const blocks = texts.flatMap((text) => [...text.matchAll(/^```(?:json|text)\n(.*?)^```/gms)]);
  return blocks.flatMap(([, block = '']) =>
    Array.from(
      block.matchAll(/\bmessage"?: ?(["'])((?:(?!\1)[^\\]|\\.)*)\1/g),
      ([, , message = '']) => message,
    ),
  );
}

it('X2, X6: the errors of the contract and of the guides are in the words of the server', () => {
  const known = FOLDERS.flatMap(texts);
  const isSaid = (text: string): boolean => known.some((one) => one.test(text));
  const ofGuides = messagesInGuides();
  expect(ofGuides.length).toBeGreaterThan(3);
  const messages = [...new Set([...messagesIn(generated('openapi.json')), ...ofGuides])];
  expect(messages.length).toBeGreaterThan(40);
  // A message may be put together of several sentences.
  const made = messages.filter((one) => !isSaid(one) && !one.split(/(?<=[.!?]) (?=[A-Z])/).every(isSaid));
  expect(made).toEqual([]);
  expect(isSaid('The server has never heard of that.')).toBe(false);
});
