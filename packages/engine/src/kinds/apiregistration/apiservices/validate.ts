import type { KubeObject } from '../../../core/object.ts';
import { type FieldError, invalid, required } from '../../../machinery/field.ts';
import { base64Bytes } from '../../core/base64.ts';
import { eachInvalid, type Part } from '../../shared/fields.ts';
import { isDns1035Label, isDns1123Subdomain, isPathSegmentName } from '../../shared/names.ts';

// Models ValidateAPIService in k8s.io/kube-aggregator/pkg/apis/apiregistration/validation/validation.go.
const GROUP_PRIORITY_MAX = 20_000;
const VERSION_PRIORITY_MAX = 1000;

const inRange = (value: number, max: number): boolean => value > 0 && value <= max;

function validateName(name: string, { group = '', version = '' }: Part): FieldError[] {
  const wanted = `${version}.${group}`;
  if (isPathSegmentName(name).length > 0 || name === wanted) return [];
  return [invalid('metadata.name', name, `must be \`spec.version+"."+spec.group\`: ${JSON.stringify(wanted)}`)];
}

/** Versions that the server serves itself have no certificate to check; others say where they are served. */
function validateServer({ service, caBundle = '', insecureSkipTLSVerify: insecure = false }: Part): FieldError[] {
  const at = 'spec.insecureSkipTLSVerify';
  if (!service) {
    return [
      ...(caBundle === '' ? [] : [invalid('spec.caBundle', `${base64Bytes(caBundle)} bytes`, 'local APIServices may not have a caBundle')]),
      ...(insecure ? [invalid(at, insecure, 'local APIServices may not have insecureSkipTLSVerify')] : []),
    ];
  }
  return [
    ...(service.namespace ? [] : [required('spec.service.namespace')]),
    ...(service.name ? [] : [required('spec.service.name')]),
    ...(insecure && caBundle !== '' ? [invalid(at, insecure, 'may not be true if caBundle is present')] : []),
  ];
}

export function validate({ metadata, spec }: KubeObject): FieldError[] {
  const { group = '', version = '', groupPriorityMinimum = 0, versionPriority = 0 } = spec;
  const errors = validateName(metadata.name ?? '', spec);
  if (group !== '') errors.push(...eachInvalid('spec.group', group, isDns1123Subdomain(group)));
  else if (version !== 'v1') errors.push(required('spec.group', 'only v1 may have an empty group and it better be legacy kube'));
  errors.push(...eachInvalid('spec.version', version, isDns1035Label(version)));
  if (!inRange(groupPriorityMinimum, GROUP_PRIORITY_MAX)) {
    errors.push(invalid('spec.groupPriorityMinimum', groupPriorityMinimum, 'must be positive and less than 20000'));
  }
  if (!inRange(versionPriority, VERSION_PRIORITY_MAX)) {
    errors.push(invalid('spec.versionPriority', versionPriority, 'must be positive and less than 1000'));
  }
  return [...errors, ...validateServer(spec)];
}
