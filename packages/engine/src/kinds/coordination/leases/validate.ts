import type { KubeObject } from '../../../core/object.ts';
import { type FieldError, forbiddenField, invalid, notSupported } from '../../../machinery/field.ts';
import { eachInvalid } from '../../shared/fields.ts';
import { isQualifiedName } from '../../shared/names.ts';

const KNOWN_STRATEGIES = ['OldestEmulationVersion'];

/** Models ValidateLeaseSpec of pkg/apis/coordination/validation. */
export function validate(lease: KubeObject): FieldError[] {
  const { leaseDurationSeconds: duration, leaseTransitions: transitions, strategy, preferredHolder } = lease.spec ?? {};
  const errors: FieldError[] = [];
  if (duration !== undefined && duration <= 0) errors.push(invalid('spec.leaseDurationSeconds', duration, 'must be greater than 0'));
  if (transitions !== undefined && transitions < 0) {
    errors.push(invalid('spec.leaseTransitions', transitions, 'must be greater than or equal to 0'));
  }
  if (strategy !== undefined) errors.push(...validateStrategy(strategy, 'spec.strategy'));
  if (preferredHolder && !strategy) errors.push(forbiddenField('spec.preferredHolder', 'may only be specified when `strategy` is defined'));
  return errors;
}

/** Ours are known by name; anyone else's carry a domain. */
function validateStrategy(strategy: string, path: string): FieldError[] {
  if (strategy.includes('/')) return eachInvalid(path, strategy, isQualifiedName(strategy));
  return KNOWN_STRATEGIES.includes(strategy) ? [] : [notSupported(path, strategy, KNOWN_STRATEGIES)];
}
