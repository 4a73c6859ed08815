import type { KubeObject } from '../../core/object.ts';
import { duplicate, type FieldError, required } from '../../machinery/field.ts';
import type { Part } from '../shared/fields.ts';

/** Models ValidateFlowSchemaStatus and its sibling for levels in pkg/apis/flowcontrol/validation/validation.go. */
export function validateFlowStatus({ status }: KubeObject): FieldError[] {
  const seen = new Set<string>();
  return ((status?.conditions ?? []) as Part[]).flatMap(({ type = '' }, i) => {
    const at = `status.conditions[${i}].type`;
    const repeated = seen.has(type) ? [duplicate(at, type)] : [];
    seen.add(type);
    return type === '' ? [...repeated, required(at, 'must not be empty')] : repeated;
  });
}
