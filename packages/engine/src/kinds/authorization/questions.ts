import type { KubeObject } from '../../core/object.ts';
import type { AccessQuestion, Decision } from '../../machinery/authorize.ts';
import { type FieldError, invalid } from '../../machinery/field.ts';

/** The question in the spec of an access review. */
export function questionOf(spec: KubeObject['spec']): AccessQuestion {
  const resource = spec?.resourceAttributes;
  if (resource) {
    return {
      verb: resource.verb ?? '',
      resource: resource.resource ?? '',
      subresource: resource.subresource ?? '',
      group: resource.group ?? '',
      namespace: resource.namespace ?? '',
      name: resource.name ?? '',
    };
  }
  const other = spec?.nonResourceAttributes;
  return { verb: other?.verb ?? '', resource: '', subresource: '', group: '', namespace: '', name: '', path: other?.path ?? '' };
}

export const statusOf = ({ allowed, reason }: Decision): { allowed: boolean; reason?: string } => ({ allowed, ...(reason ? { reason } : {}) });

/** Models pkg/apis/authorization/validation: exactly one of the two kinds of attributes. */
export function validateAttributes(spec: KubeObject['spec']): FieldError[] {
  const { resourceAttributes, nonResourceAttributes } = spec ?? {};
  if (resourceAttributes && nonResourceAttributes) {
    return [invalid('spec.nonResourceAttributes', nonResourceAttributes, 'cannot be specified in combination with resourceAttributes')];
  }
  if (!resourceAttributes && !nonResourceAttributes) {
    return [invalid('spec.resourceAttributes', null, 'exactly one of nonResourceAttributes or resourceAttributes must be specified')];
  }
  return [];
}
