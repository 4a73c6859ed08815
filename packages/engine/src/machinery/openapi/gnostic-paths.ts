import type { WireWriter } from '../protobuf/writer.ts';
import type { Json } from './components.ts';
import { schemaMessage } from './gnostic-schema.ts';
import { any, message, named } from './gnostic-values.ts';

/** Field numbers of openapi.v2 in OpenAPIv2.proto of github.com/google/gnostic-models. */
const METHODS = { get: 2, put: 3, post: 4, delete: 5, options: 6, head: 7, patch: 8 } as const;
const ITEM_PARAMETERS = 9;
const OPERATION = {
  tags: 1,
  description: 3,
  operationId: 5,
  produces: 6,
  consumes: 7,
  parameters: 8,
  responses: 9,
  schemes: 10,
  extension: 13,
} as const;
const QUERY = { type: 6, uniqueItems: 20 } as const;
const PATH = { type: 5, uniqueItems: 19 } as const;

export const pathsMessage = (paths: Json): Uint8Array =>
  message((writer) => {
    for (const [address, item] of Object.entries(paths)) writer.chunk(2, named(address, itemMessage(item as Json)));
  });

const itemMessage = (item: Json): Uint8Array =>
  message((writer) => {
    for (const [method, number] of Object.entries(METHODS)) if (item[method]) writer.chunk(number, operationMessage(item[method] as Json));
    writeParameters(writer, ITEM_PARAMETERS, item.parameters);
  });

const operationMessage = (operation: Json): Uint8Array =>
  message((writer) => {
    for (const name of ['tags', 'description', 'operationId', 'produces', 'consumes'] as const) {
      for (const text of [operation[name] ?? []].flat() as string[]) writer.string(OPERATION[name], text);
    }
    writeParameters(writer, OPERATION.parameters, operation.parameters);
    writer.chunk(OPERATION.responses, responsesMessage(operation.responses as Json));
    for (const scheme of (operation.schemes as string[] | undefined) ?? []) writer.string(OPERATION.schemes, scheme);
    for (const [name, value] of Object.entries(operation)) if (name.startsWith('x-')) writer.chunk(OPERATION.extension, named(name, any(value)));
  });

/** A parameter or a reference to one. */
function writeParameters(writer: WireWriter, number: number, parameters: unknown): void {
  for (const parameter of (parameters as Json[] | undefined) ?? []) {
    const { $ref } = parameter;
    const reference = typeof $ref === 'string' ? message((at) => at.string(1, $ref)) : undefined;
    writer.chunk(
      number,
      message((item) => (reference ? item.chunk(2, reference) : item.chunk(1, parameterMessage(parameter)))),
    );
  }
}

export const parametersMessage = (parameters: Json): Uint8Array =>
  message((writer) => {
    for (const [name, parameter] of Object.entries(parameters)) writer.chunk(1, named(name, parameterMessage(parameter as Json)));
  });

function parameterMessage(parameter: Json): Uint8Array {
  if (parameter.in === 'body') return message((writer) => writer.chunk(1, bodyMessage(parameter)));
  const isPath = parameter.in === 'path';
  const plain = plainMessage(parameter, isPath ? PATH : QUERY);
  const which = message((writer) => writer.chunk(isPath ? 4 : 3, plain));
  return message((writer) => writer.chunk(2, which));
}

const bodyMessage = ({ name, required, schema }: Json): Uint8Array =>
  message((writer) => {
    writer.string(2, name as string);
    writer.string(3, 'body');
    writer.boolean(4, required === true);
    writer.chunk(5, schemaMessage(schema as Json));
  });

const plainMessage = (parameter: Json, numbers: { type: number; uniqueItems: number }): Uint8Array =>
  message((writer) => {
    if (parameter.required === true) writer.boolean(1, true);
    writer.string(2, parameter.in as string);
    writer.string(3, parameter.description as string);
    writer.string(4, parameter.name as string);
    writer.string(numbers.type, parameter.type as string);
    if (parameter.uniqueItems === true) writer.boolean(numbers.uniqueItems, true);
  });

const responsesMessage = (responses: Json): Uint8Array =>
  message((writer) => {
    for (const [code, response] of Object.entries(responses)) {
      const { description, schema } = response as { description: string; schema?: Json };
      const answer = message((at) => {
        at.string(1, description);
        if (schema) {
          const item = schemaMessage(schema);
          at.chunk(
            2,
            message((each) => each.chunk(1, item)),
          );
        }
      });
      const value = message((at) => at.chunk(1, answer));
      writer.chunk(1, named(code, value));
    }
  });
