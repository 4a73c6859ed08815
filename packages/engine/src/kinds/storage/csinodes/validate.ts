import type { KubeObject } from '../../../core/object.ts';
import { duplicate, type FieldError, invalid, required } from '../../../machinery/field.ts';
import { FIELD_IS_IMMUTABLE, semanticEqual } from '../../shared/equal.ts';
import { type Part, validateNonNegative, validateQualifiedName } from '../../shared/fields.ts';
import { goStruct } from '../../shared/go/show.ts';
import { validateCsiDriverName } from '../../shared/podspec/volume-sources.ts';

// Models ValidateCSINode* in pkg/apis/storage/validation/validation.go.
const NODE_ID_BYTES_MAX = 256;

function validateNodeId(id: string, path: string): FieldError[] {
  if (id === '') return [required(path, id)];
  return id.length > NODE_ID_BYTES_MAX ? [invalid(path, id, `must be ${NODE_ID_BYTES_MAX} characters or less`)] : [];
}

function validateTopologyKeys(keys: string[], path: string): FieldError[] {
  return keys.flatMap((key, i) => [...(keys.indexOf(key) < i ? [duplicate(path, key)] : []), ...validateQualifiedName(key, path)]);
}

function validateDriver(driver: Part, path: string): FieldError[] {
  return [
    ...validateCsiDriverName(driver.name, `${path}.name`),
    ...validateNodeId(driver.nodeID ?? '', `${path}.nodeID`),
    ...validateNonNegative(driver.allocatable?.count, `${path}.allocatable.count`),
    ...validateTopologyKeys(driver.topologyKeys ?? [], `${path}.topologyKeys`),
  ];
}

export function validate({ spec }: KubeObject): FieldError[] {
  const seen = new Set<string>();
  return (spec.drivers ?? []).flatMap((driver: Part, i: number) => {
    const errors = validateDriver(driver, `spec.drivers[${i}]`);
    if (seen.has(driver.name)) errors.push(duplicate(`spec.drivers[${i}].name`, driver.name));
    seen.add(driver.name);
    return errors;
  });
}

/** A driver that is registered stays as it is; others may come and go. */
export const validateUpdate = (node: KubeObject, old: KubeObject): FieldError[] => [
  ...validate(node),
  ...(old.spec?.drivers ?? []).flatMap((before: Part) => {
    const after = (node.spec.drivers ?? []).find((driver: Part) => driver.name === before.name);
    const same = after === undefined || semanticEqual({ ...after, allocatable: undefined }, { ...before, allocatable: undefined });
    return same ? [] : [invalid('CSINodeDriver', goStruct('CSINodeDriver', after), FIELD_IS_IMMUTABLE)];
  }),
];
