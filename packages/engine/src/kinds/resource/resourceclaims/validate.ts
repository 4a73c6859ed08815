import type { KubeObject } from '../../../core/object.ts';
import { duplicate, type FieldError, invalid, notSupported, required, tooMany } from '../../../machinery/field.ts';
import { validateImmutable } from '../../shared/equal.ts';
import { type Part, validateDnsLabel, validateDnsSubdomain } from '../../shared/fields.ts';
import { goStruct } from '../../shared/go/show.ts';

// Models ValidateResourceClaim in pkg/apis/resource/validation/validation.go.
const REQUESTS_MAX = 32;
const MODES = ['All', 'ExactCount'];

function validateExact(request: Part, path: string): FieldError[] {
  const errors = request.deviceClassName
    ? validateDnsSubdomain(request.deviceClassName, `${path}.deviceClassName`)
    : [required(`${path}.deviceClassName`)];
  const { allocationMode: mode, count } = request;
  if (!MODES.includes(mode)) return [...errors, notSupported(`${path}.allocationMode`, mode ?? '', MODES)];
  if (mode === 'All' && count) errors.push(invalid(`${path}.count`, count, "must not be specified when allocationMode is 'All'"));
  if (mode === 'ExactCount' && !(count > 0)) errors.push(invalid(`${path}.count`, count ?? 0, 'must be greater than zero'));
  return errors;
}

function validateRequest(request: Part, path: string): FieldError[] {
  const errors = request.name ? validateDnsLabel(request.name, `${path}.name`) : [required(`${path}.name`)];
  const alternatives: Part[] = request.firstAvailable ?? [];
  if (request.exactly && alternatives.length > 0) {
    return [...errors, invalid(path, request, 'exactly one of `exactly` or `firstAvailable` is required, but multiple fields are set')];
  }
  if (request.exactly) return [...errors, ...validateExact(request.exactly, `${path}.exactly`)];
  if (alternatives.length === 0) return [...errors, required(path, 'exactly one of `exactly` or `firstAvailable` is required')];
  return [...errors, ...alternatives.flatMap((each, i) => validateExact(each, `${path}.firstAvailable[${i}]`))];
}

/** Also of templates. */
export function validateClaimSpec(spec: Part, path: string): FieldError[] {
  const requests: Part[] = spec?.devices?.requests ?? [];
  const at = `${path}.devices.requests`;
  const seen = new Set<string>();
  const errors = requests.length > REQUESTS_MAX ? [tooMany(at, requests.length, REQUESTS_MAX)] : [];
  for (const [i, request] of requests.entries()) {
    errors.push(...validateRequest(request, `${at}[${i}]`));
    if (seen.has(request.name)) errors.push(duplicate(`${at}[${i}].name`, request.name));
    seen.add(request.name);
  }
  return errors;
}

export function defaultClaimSpec(spec: Part): void {
  for (const request of spec?.devices?.requests ?? []) {
    for (const exact of [...(request.exactly ? [request.exactly] : []), ...(request.firstAvailable ?? [])]) {
      exact.allocationMode ??= 'ExactCount';
      if (exact.allocationMode === 'ExactCount') exact.count ||= 1;
    }
  }
}

export const validate = ({ spec }: KubeObject): FieldError[] => validateClaimSpec(spec, 'spec');

export const validateUpdate = ({ spec }: KubeObject, old: KubeObject): FieldError[] =>
  validateImmutable(spec, old.spec, 'spec', (value) => goStruct('ResourceClaimSpec', value));

export const NOT_ALLOCATED = 'spec.devices: devices are not allocated in this simulated cluster';
