import { addressOf } from './addresses.js';
import type { Contract } from './contract.js';
import { html, type Content, type Html } from './html.js';
import type { Texts } from './texts.js';
import type { JsonObject } from '../generate/json.js';
import { boundsOf, fieldsOf, patternOf, shapeOf, typeWords, valuesOf, type Shape } from './schema.shapes.js';

/** Draws schemas: fields with their types, bounds and explanations, each object inside another one to open in place. */
export type SchemaTree = {
  /** A schema by its type, and what is inside it. */
  whole: (schema: JsonObject) => Html;
  /** What is inside a component, for the page that has it under its name. */
  component: (name: string) => Html;
  /** One named value, such as a parameter. */
  field: (field: FieldText) => Html;
};

export type FieldText = {
  name: string;
  schema: JsonObject;
  required: boolean;
  /** Replaces what the schema says of itself. */
  description?: string;
  example?: string;
};

/** How many objects inside one another are drawn before a link takes over, so that a page stays light. */
const DEPTH = 4;
/** As deep as that already: objects inside are linked, not drawn. */
const LINKS_ONLY: readonly string[] = Array.from({ length: DEPTH }, () => '');

export function createSchemaTree({ document }: Contract, texts: Texts): SchemaTree {
  const tree = (shape: Shape, above: readonly string[]): Content => {
    const inner = objectIn(shape);
    const fields = fieldsOf(inner);
    if (fields.length > 0) {
      return html`<ul class="fields">
        ${fields.map((one) => field(one, above))}
      </ul>`;
    }
    if (inner.choices.length > 0) {
      return html`<ul class="fields">
        ${inner.choices.map((choice, at) => html`<li class="field">${head(`Choice ${at + 1}`, choice)}${nested(choice, above)}</li>`)}
      </ul>`;
    }
    return undefined;
  };

  /** What is inside a field, to open in place; a link where it is inside itself, or too deep. */
  const nested = (shape: Shape, above: readonly string[]): Content => {
    const inner = objectIn(shape);
    const name = inner.name ?? 'its fields';
    const count = fieldsOf(inner).length + inner.choices.length;
    if (count === 0 || above.includes(name) || above.length >= DEPTH) return undefined;
    return html`<details class="nested">
      <summary>${count === 1 ? '1 field' : `${count} fields`}<span class="of"> of ${name}</span></summary>
      ${tree(inner, [...above, name])}
    </details>`;
  };

  const field = (one: FieldText, above: readonly string[]): Html => {
    const shape = shapeOf(document, one.schema);
    return html`<li class="field">
      ${head(one.name, shape, one.required)} ${notes(shape, one)}${nested(shape, above)}
    </li>`;
  };

  const notes = (
    shape: Shape,
    { description, example }: Pick<FieldText, 'description' | 'example'>,
  ): Content => {
    const text = description ?? textOf(shape);
    return [
      text !== undefined && html`<div class="prose">${texts.block(text, 'a schema')}</div>`,
      facts(shape, example),
    ];
  };

  const facts = (shape: Shape, example?: string): Content => {
    const values = [...valuesOf(shape), ...(shape.items === undefined ? [] : valuesOf(shape.items))];
    const pattern = patternOf(shape);
    const lines: Content[] = [
      values.length > 0 &&
        html`<div class="fact">One of ${values.map((one) => html`<code>${one}</code> `)}</div>`,
      pattern !== undefined && html`<div class="fact">Pattern <code>${pattern}</code></div>`,
      shape.node.default !== undefined &&
        html`<div class="fact">Default <code>${JSON.stringify(shape.node.default)}</code></div>`,
      example !== undefined && html`<div class="fact">Example <code>${example}</code></div>`,
    ];
    return lines;
  };

  return {
    whole: (schema) => {
      const shape = shapeOf(document, schema);
      const name = objectIn(shape).name;
      return html`<p class="type-line">${typeOf(shape)}</p>
        ${tree(shape, name === undefined ? [] : [name])}`;
    },
    component: (name) => {
      const shape = shapeOf(document, { $ref: `#/components/schemas/${name}` });
      return html`<p class="type-line">${typeText(shape)}</p>
        ${notes(shape, {})}${tree(shape, LINKS_ONLY)}`;
    },
    field: (one) => field(one, []),
  };
}

function head(name: string, shape: Shape, required?: boolean): Html {
  return html`<div class="field-head">
    <code class="field-name">${name}</code>
    <span class="field-type">${typeOf(shape)}</span
    >${required === true && html` <span class="required">required</span>`}
  </div>`;
}

/** The type with its bounds, linked to the page of the component that it is. */
function typeOf(shape: Shape): Html {
  const { name } = shape.items ?? shape;
  const text = typeText(shape);
  if (name === undefined) return text;
  return html`${text} <a class="schema-link" href="${addressOf.schema(name)}">${name}</a>`;
}

function typeText(shape: Shape): Html {
  const bounds = [
    ...boundsOf(shape),
    ...(shape.items === undefined ? [] : boundsOf(shape.items).map((one) => `each ${one}`)),
  ];
  const words = [typeWords(shape), ...bounds, ...(shape.nullable ? ['or null'] : [])];
  return html`${words.join(' · ')}`;
}

/** The object or choice that a list is made of, through lists of lists. */
function objectIn(shape: Shape): Shape {
  return shape.items === undefined ? shape : objectIn(shape.items);
}

function textOf({ node, items }: Shape): string | undefined {
  const text = node.description ?? items?.node.description;
  return typeof text === 'string' ? text : undefined;
}
