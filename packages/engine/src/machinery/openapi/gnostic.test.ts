import { expect, test } from 'vitest';
import { WireReader } from '../protobuf/wire.ts';
import { gnosticDocument } from './gnostic.ts';

/** A message as its fields, each a list; what is read as a text, a message or a number is said by the path of field numbers. */
function read(bytes: Uint8Array): Map<number, (Uint8Array | number)[]> {
  const fields = new Map<number, (Uint8Array | number)[]>();
  const reader = new WireReader(bytes);
  while (!reader.done) {
    const { number, wire } = reader.tag();
    const value = wire === 2 ? reader.chunk() : wire === 1 ? reader.double() : reader.integer();
    fields.set(number, [...(fields.get(number) ?? []), value]);
  }
  return fields;
}
const at = (bytes: Uint8Array, ...path: number[]): (Uint8Array | number)[] =>
  path.reduce<(Uint8Array | number)[]>((found, number) => found.flatMap((each) => read(each as Uint8Array).get(number) ?? []), [bytes]);
const text = (found: (Uint8Array | number)[]): string[] => found.map((each) => new TextDecoder().decode(each as Uint8Array));

test('a document is written with the numbers of gnostic', () => {
  const thing = {
    description: 'A thing.',
    type: 'object',
    required: ['size'],
    properties: {
      size: { type: 'integer', format: 'int32', minimum: 1, exclusiveMinimum: true, default: 2 },
      parts: { type: 'array', maxItems: 3, items: { $ref: '#/definitions/part' } },
      more: { type: 'object', additionalProperties: { type: 'string', enum: ['a', 'b'] } },
    },
    'x-kubernetes-group-version-kind': [{ group: 'a', version: 'v1', kind: 'Thing' }],
  };
  const bytes = gnosticDocument({ swagger: '2.0', info: { title: 'T', version: 'v' }, definitions: { thing } });
  expect(text([...at(bytes, 1), ...at(bytes, 2, 1), ...at(bytes, 2, 2), ...at(bytes, 9, 1, 1)])).toEqual(['2.0', 'T', 'v', 'thing']);
  const [schema] = at(bytes, 9, 1, 2) as [Uint8Array];
  expect(text([...at(schema, 4), ...at(schema, 22, 1), ...at(schema, 19)])).toEqual(['A thing.', 'object', 'size']);
  expect(text(at(schema, 31, 1))).toEqual(['x-kubernetes-group-version-kind']);
  expect(text(at(schema, 31, 2, 2))).toEqual(['[{"group":"a","version":"v1","kind":"Thing"}]']);
  expect(text(at(schema, 25, 1, 1))).toEqual(['size', 'parts', 'more']);
  const [size, parts, more] = at(schema, 25, 1, 2) as [Uint8Array, Uint8Array, Uint8Array];
  expect([...at(size, 9), ...at(size, 10), ...text(at(size, 2)), ...text(at(size, 5, 2))]).toEqual([1, 1, 'int32', '2']);
  expect([...at(parts, 14), ...text(at(parts, 23, 1, 1))]).toEqual([3, '#/definitions/part']);
  expect([...text(at(more, 21, 1, 22, 1)), ...text(at(more, 21, 1, 20, 2))]).toEqual(['string', '"a"', '"b"']);
});

test('so are paths and parameters', () => {
  const gvk = { group: 'a', version: 'v1', kind: 'Thing' };
  const patch = {
    tags: ['a_v1'],
    description: 'patch',
    operationId: 'patchThing',
    consumes: ['application/json-patch+json'],
    produces: ['application/json'],
    schemes: ['https'],
    parameters: [{ name: 'body', in: 'body', required: true, schema: { type: 'object' } }, { $ref: '#/parameters/dryRun-1' }],
    responses: { 200: { description: 'OK', schema: { $ref: '#/definitions/thing' } }, 401: { description: 'Unauthorized' } },
    'x-kubernetes-group-version-kind': gvk,
  };
  const name = { name: 'name', in: 'path', description: 'n', required: true, type: 'string', uniqueItems: true };
  const bytes = gnosticDocument({
    swagger: '2.0',
    info: { title: 'T', version: 'v' },
    paths: { '/things/{name}': { patch, parameters: [name] } },
    parameters: { 'dryRun-1': { name: 'dryRun', in: 'query', description: 'd', type: 'string' } },
    definitions: {},
  });
  expect(text(at(bytes, 8, 2, 1))).toEqual(['/things/{name}']);
  const [operation] = at(bytes, 8, 2, 2, 8) as [Uint8Array];
  expect([1, 3, 5, 6, 7, 10].flatMap((number) => text(at(operation, number)))).toEqual([
    'a_v1',
    'patch',
    'patchThing',
    'application/json',
    'application/json-patch+json',
    'https',
  ]);
  expect([...text(at(operation, 13, 1)), ...text(at(operation, 13, 2, 2))]).toEqual(['x-kubernetes-group-version-kind', JSON.stringify(gvk)]);
  expect([...text(at(operation, 8, 1, 1, 2)), ...at(operation, 8, 1, 1, 4), ...text(at(operation, 8, 2, 1))]).toEqual([
    'body',
    1,
    '#/parameters/dryRun-1',
  ]);
  expect([...text(at(operation, 9, 1, 1)), ...text(at(operation, 9, 1, 2, 1, 2, 1, 1))]).toEqual(['200', '401', '#/definitions/thing']);
  const [path] = at(bytes, 8, 2, 2, 9, 1, 2, 4) as [Uint8Array];
  expect([...at(path, 1), ...text([2, 3, 4, 5].flatMap((number) => at(path, number))), ...at(path, 19)]).toEqual([
    1,
    'path',
    'n',
    'name',
    'string',
    1,
  ]);
  expect(text([...at(bytes, 10, 1, 1), ...at(bytes, 10, 1, 2, 2, 3, 4)])).toEqual(['dryRun-1', 'dryRun']);
});
