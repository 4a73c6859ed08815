import type { KubeObject } from '../../../core/object.ts';
import { parseQuantity } from '../../../machinery/decode/quantity.ts';
import { type FieldError, forbiddenField, invalid } from '../../../machinery/field.ts';
import { validateImmutable } from '../../shared/equal.ts';
import { type Part, sortedKeys } from '../../shared/fields.ts';
import { validateLabelName, validateLabels } from '../../shared/labels.ts';
import { isDns1123Subdomain, isQualifiedName } from '../../shared/names.ts';
import { NUMBERS_MAX, POOL_LABEL } from './names.ts';

/** Labels that a node gets from its name, its machine and its pool. */
const OWN_LABELS = new Set([
  'kubernetes.io/hostname',
  'kubernetes.io/arch',
  'kubernetes.io/os',
  'beta.kubernetes.io/arch',
  'beta.kubernetes.io/os',
  POOL_LABEL,
]);

/** What the schema cannot say. */
export function validate(pool: KubeObject, old?: KubeObject): FieldError[] {
  const spec = pool.spec ?? {};
  const errors = validateLabels(spec.labels, 'spec.labels');
  for (const key of sortedKeys(spec.labels)) if (OWN_LABELS.has(key)) errors.push(forbiddenField(`spec.labels[${key}]`, 'every node has its own'));
  for (const [i, taint] of ((spec.taints ?? []) as Part[]).entries()) errors.push(...validateLabelName(taint.key, `spec.taints[${i}].key`));
  for (const name of sortedKeys(spec.capacity)) errors.push(...validateAmount(name, spec.capacity[name]));
  if (spec.namePrefix !== undefined) {
    const messages = isDns1123Subdomain(`${spec.namePrefix}${NUMBERS_MAX}`);
    errors.push(...messages.map((message) => invalid('spec.namePrefix', spec.namePrefix, message)));
  }
  if (old) errors.push(...validateImmutable(spec.namePrefix, old.spec?.namePrefix, 'spec.namePrefix'));
  return errors;
}

function validateAmount(name: string, amount: string | number): FieldError[] {
  const path = `spec.capacity[${name}]`;
  const errors = isQualifiedName(name).map((message) => invalid(path, name, message));
  const positive = isQuantity(amount) && parseQuantity(String(amount)).nanos >= 0n;
  return positive ? errors : [...errors, invalid(path, amount, 'must be a quantity that is not negative')];
}

const QUANTITY = /^[+-]?(\d+\.?\d*|\.\d+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/;
const isQuantity = (amount: string | number): boolean => QUANTITY.test(String(amount));
