import { createHash } from 'node:crypto';
import type { Model, RawDefinition } from './model.ts';

/** `[description, {field: description}, {field: allowed values}]` per definition; read only for OpenAPI documents. */
function docsOf(definition: RawDefinition): unknown {
  const descriptions: Record<string, string> = {};
  const enums: Record<string, string[]> = {};
  for (const [name, field] of definition.fields) {
    if (field.description !== '') descriptions[name] = field.description;
    if (field.enum !== undefined) enums[name] = field.enum;
  }
  return [definition.description, descriptions, enums];
}

export function docsModule(model: Model, structure: string): string {
  const text = JSON.stringify(Object.fromEntries([...model].map(([name, definition]) => [name, docsOf(definition)])));
  const fingerprint = createHash('sha256').update(structure).update(text).digest('hex');
  return [
    "import type { Docs } from '../src/docs.ts';",
    '',
    '/** Changes with anything that a document says. */',
    `export const fingerprint = '${fingerprint}';`,
    // A function, so that nothing is parsed before somebody asks for a document.
    `export const readDocs = (): Record<string, Docs> => JSON.parse(${JSON.stringify(text)});`,
    '',
  ].join('\n');
}
