import type { KubeObject } from '../../../core/object.ts';
import { type FieldError, invalid, required } from '../../../machinery/field.ts';
import { validateImmutable } from '../../shared/equal.ts';
import { parseCidr, validateCidr } from '../../shared/ip.ts';

// Models ValidateServiceCIDR in pkg/apis/networking/validation/validation.go.
export function validate({ spec }: KubeObject): FieldError[] {
  const cidrs: string[] = spec.cidrs ?? [];
  const path = 'spec.cidrs';
  if (cidrs.length === 0) return [required(path, 'at least one CIDR required')];
  if (cidrs.length > 2) return [invalid(path, cidrs, 'may only hold up to 2 values')];
  const errors = cidrs.flatMap((cidr, i) => validateCidr(cidr, `${path}[${i}]`));
  if (cidrs.length === 2 && errors.length === 0 && parseCidr(cidrs[0] as string)?.family === parseCidr(cidrs[1] as string)?.family) {
    errors.push(invalid(path, cidrs, 'may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/96'));
  }
  return errors;
}

export const validateUpdate = (range: KubeObject, old: KubeObject): FieldError[] => validateImmutable(range.spec.cidrs, old.spec.cidrs, 'spec.cidrs');
