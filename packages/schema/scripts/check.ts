import { type Model, NUMBER, type RawType } from './model.ts';

/** What a pinned source must deliver; another number means that it changed, and that the facts beside it need a look. */
const EXPECTED = { packages: 24, fieldsAtLeast: 2450, mergeRows: 85, atomicStructs: 27, defaults: 19 };

/** Refuses a model that a change of its sources has left incomplete. */
export function check(model: Model): void {
  const found = { packages: new Set<string>(), fields: 0, mergeRows: 0, atomicStructs: 0, defaults: 0 };
  for (const definition of model.values()) {
    found.packages.add(definition.name.slice(0, definition.name.lastIndexOf('.')));
    if (definition.mapType === 'atomic') found.atomicStructs++;
    for (const [name, field] of definition.fields) {
      checkType(model, `${definition.name}.${name}`, field.type);
      found.fields++;
      if (field.default !== undefined) found.defaults++;
      const isMerged = (field.listType !== undefined && field.listType !== 'atomic') || field.patchStrategy || field.patchMergeKey || field.mapType;
      if (isMerged) found.mergeRows++;
    }
  }
  expectEqual('packages', found.packages.size, EXPECTED.packages);
  expectEqual('fields that merge', found.mergeRows, EXPECTED.mergeRows);
  expectEqual('atomic structs', found.atomicStructs, EXPECTED.atomicStructs);
  expectEqual('defaults', found.defaults, EXPECTED.defaults);
  if (found.fields < EXPECTED.fieldsAtLeast) throw new Error(`only ${found.fields} fields were found`);
}

function checkType(model: Model, path: string, type: RawType): void {
  if (type.kind === 'list' || type.kind === 'map') checkType(model, path, type.item);
  else if (type.kind === 'ref' && !model.has(type.name)) throw new Error(`${path} refers to ${type.name}, which is unknown`);
  else if (type.kind === 'scalar' && type.code === NUMBER) throw new Error(`${path} is a number of unknown format`);
}

function expectEqual(what: string, found: number, expected: number): void {
  if (found !== expected) throw new Error(`${what}: ${found} instead of ${expected}`);
}
