import type { KubeObject } from '../../core/object.ts';
import type { AccessQuestion, Decision } from '../../machinery/authorize.ts';
import { type FieldError, forbiddenField, invalid, required } from '../../machinery/field.ts';
import type { Part } from '../shared/fields.ts';
import { validateLabelName } from '../shared/labels.ts';

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
    const shown = shownPath(nonResourceAttributes);
    return [invalid('spec.nonResourceAttributes', shown, 'cannot be specified in combination with resourceAttributes')];
  }
  if (!resourceAttributes && !nonResourceAttributes) {
    return [invalid('spec.resourceAttributes', null, 'exactly one of nonResourceAttributes or resourceAttributes must be specified')];
  }
  return resourceAttributes ? validateSelectors(resourceAttributes) : [];
}

/** How Go shows what has no JSON names of its own. */
export const shownPath = ({ path = '', verb = '' }: Part): object => ({ Path: path, Verb: verb });

function validateSelectors({ fieldSelector, labelSelector }: Part): FieldError[] {
  const path = 'spec.resourceAttributes';
  return [
    ...validateSelector(fieldSelector, `${path}.fieldSelector`, (key, at) => (key === '' ? [required(at, 'must be specified')] : [])),
    ...validateSelector(labelSelector, `${path}.labelSelector`, validateLabelName),
  ];
}

/** Operators that nobody knows yet are let through, for clients that are newer. */
function validateSelector(selector: Part | undefined, path: string, validateKey: (key: string, path: string) => FieldError[]): FieldError[] {
  if (!selector) return [];
  const { rawSelector = '' } = selector;
  const requirements: Part[] = selector.requirements ?? [];
  const errors: FieldError[] = [];
  if (rawSelector !== '' && requirements.length > 0)
    errors.push(invalid(`${path}.rawSelector`, rawSelector, 'may not specified at the same time as requirements'));
  if (rawSelector === '' && requirements.length === 0)
    errors.push(required(`${path}.requirements`, `when ${path} is specified, requirements or rawSelector is required`));
  for (const [i, { key = '', operator, values = [] }] of requirements.entries()) {
    const at = `${path}.requirements[${i}]`;
    errors.push(...validateValues(operator, values, `${at}.values`), ...validateKey(key, `${at}.key`));
  }
  return errors;
}

function validateValues(operator: string, values: string[], path: string): FieldError[] {
  if (['In', 'NotIn'].includes(operator) && values.length === 0) return [required(path, "must be specified when `operator` is 'In' or 'NotIn'")];
  if (['Exists', 'DoesNotExist'].includes(operator) && values.length > 0) {
    return [forbiddenField(path, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'")];
  }
  return [];
}
