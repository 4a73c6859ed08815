import type { KubeObject } from '../../../core/object.ts';
import { type FieldError, invalid, required } from '../../../machinery/field.ts';
import { FIELD_IS_IMMUTABLE } from '../../shared/equal.ts';
import { parseCidr, validateCidr } from '../../shared/ip.ts';

// Models ValidateServiceCIDR in pkg/apis/networking/validation/validation.go.
export function validate({ spec }: KubeObject): FieldError[] {
  const cidrs: string[] = spec.cidrs ?? [];
  const path = 'spec.cidrs';
  if (cidrs.length === 0) return [required(path, 'at least one CIDR required')];
  if (cidrs.length > 2) return [invalid(path, { CIDRs: cidrs }, 'may only hold up to 2 values')];
  if (cidrs.length === 2 && parseCidr(cidrs[0] ?? '')?.family === parseCidr(cidrs[1] ?? '')?.family) {
    return [invalid(path, { CIDRs: cidrs }, 'may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/64')];
  }
  return cidrs.flatMap((cidr, i) => validateCidr(cidr, `${path}[${i}]`));
}

/** A second range may be added, for the other family; what is there stays. Models ValidateServiceCIDRUpdate. */
export function validateUpdate(range: KubeObject, old: KubeObject): FieldError[] {
  const [after, before]: [string[], string[]] = [range.spec.cidrs ?? [], old.spec.cidrs ?? []];
  const path = 'spec.cidrs';
  const becomesDual = before.length === 1 && after.length === 2;
  if (after.length !== before.length && !becomesDual) return [invalid(path, after, FIELD_IS_IMMUTABLE)];
  const changed = before.flatMap((cidr, i) => (cidr === after[i] ? [] : [invalid(`${path}[${i}]`, after[i], FIELD_IS_IMMUTABLE)]));
  return becomesDual ? [...changed, ...validate(range)] : changed;
}
