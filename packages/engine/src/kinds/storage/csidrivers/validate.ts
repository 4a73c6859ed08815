import type { KubeObject } from '../../../core/object.ts';
import { duplicate, type FieldError, invalid, notSupported, required } from '../../../machinery/field.ts';
import { validateImmutable } from '../../shared/equal.ts';
import type { Part } from '../../shared/fields.ts';

// Models ValidateCSIDriver* in pkg/apis/storage/validation/validation.go.
const FS_GROUP_POLICIES = ['File', 'None', 'ReadWriteOnceWithFSType'];
const LIFECYCLE_MODES = ['Persistent', 'Ephemeral'];
const EXPIRATION_SECONDS_MIN = 600;
const UPDATE_PERIOD_SECONDS_MIN = 10;

const needs = (spec: Part, field: string): FieldError[] => (spec[field] === undefined ? [required(`spec.${field}`)] : []);

function validateTokenRequests(requests: Part[], path: string): FieldError[] {
  const seen = new Set<string>();
  return requests.flatMap((request, i) => {
    const audience = request.audience ?? '';
    const errors = seen.has(audience) ? [duplicate(`${path}[${i}].audience`, audience)] : [];
    seen.add(audience);
    const seconds = request.expirationSeconds;
    const at = `${path}[${i}].expirationSeconds`;
    if (seconds !== undefined && seconds < EXPIRATION_SECONDS_MIN)
      errors.push(invalid(at, seconds, 'may not specify a duration less than 10 minutes'));
    if (seconds !== undefined && seconds > 2 ** 32) errors.push(invalid(at, seconds, 'may not specify a duration larger than 2^32 seconds'));
    return errors;
  });
}

function validateUpdatePeriod(seconds: number | undefined, path: string): FieldError[] {
  return seconds !== undefined && seconds < UPDATE_PERIOD_SECONDS_MIN
    ? [invalid(path, seconds, `must be greater than or equal to ${UPDATE_PERIOD_SECONDS_MIN} seconds`)]
    : [];
}

export function validate({ spec }: KubeObject): FieldError[] {
  const policy = spec.fsGroupPolicy;
  const modes: string[] = spec.volumeLifecycleModes ?? [];
  return [
    ...['attachRequired', 'podInfoOnMount', 'storageCapacity', 'fsGroupPolicy'].flatMap((field) => needs(spec, field)),
    ...(policy === undefined || FS_GROUP_POLICIES.includes(policy) ? [] : [notSupported('spec.fsGroupPolicy', policy, FS_GROUP_POLICIES)]),
    ...validateTokenRequests(spec.tokenRequests ?? [], 'spec.tokenRequests'),
    ...modes.filter((mode) => !LIFECYCLE_MODES.includes(mode)).map((mode) => notSupported('spec.volumeLifecycleModes', mode, LIFECYCLE_MODES)),
    ...needs(spec, 'seLinuxMount'),
    ...validateUpdatePeriod(spec.nodeAllocatableUpdatePeriodSeconds, 'spec.nodeAllocatableUpdatePeriodSeconds'),
  ];
}

export const validateUpdate = (driver: KubeObject, old: KubeObject): FieldError[] => [
  ...validate(driver),
  ...validateImmutable(driver.spec.attachRequired, old.spec.attachRequired, 'spec.attachedRequired'),
  ...validateImmutable(driver.spec.volumeLifecycleModes, old.spec.volumeLifecycleModes, 'spec.volumeLifecycleModes'),
];
