import { describe, expect, it } from '@jest/globals';
import { asApiDocument, inlined, withoutRepeatedAnswers } from '../../src/platform/http/contract.js';

const json = (schema: object) => ({ content: { 'application/json': { schema } } });
const document = asApiDocument({
  openapi: '3.1.0',
  paths: {
    '/lamps': {
      get: {
        responses: {
          200: json({ $ref: '#/components/schemas/Lamp' }),
          204: { description: 'None' },
          404: { $ref: '#/components/responses/NotFound' },
          503: json({ type: 'string' }),
          default: json({ $ref: '#/components/schemas/Error' }),
        },
      },
    },
  },
  components: {
    responses: { NotFound: json({ $ref: '#/components/schemas/Error' }) },
    schemas: {
      Error: { type: 'object' },
      Name: { type: 'string', example: 'Brass lamp' },
      Lamp: {
        properties: { example: { $ref: '#/components/schemas/Name', description: 'What it is called' } },
      },
      Chain: { properties: { next: { $ref: '#/components/schemas/Chain' } } },
    },
  },
});

describe('X2 a part of the contract by itself', () => {
  it('has in place what it refers to, without examples, and with every property', () => {
    expect(inlined(document, { $ref: '#/components/schemas/Lamp' })).toEqual({
      properties: { example: { type: 'string' } },
    });
  });

  it.each([
    [{ $ref: '#/components/schemas/Chain' }],
    [{ $ref: '#/components/schemas/Nothing' }],
    [{ $ref: '#/components/schemas/Name', maxLength: 3 }],
  ])('cannot have in place what %j says', (part) => {
    expect(() => inlined(document, part)).toThrow('#/components/schemas/');
  });

  it('leaves out the answers that are described as the usual one is, and no other', () => {
    const { get } = withoutRepeatedAnswers(document, '/lamps') as { get: { responses: object } };
    expect(Object.keys(get.responses)).toEqual(['200', '204', '503', 'default']);
  });
});
