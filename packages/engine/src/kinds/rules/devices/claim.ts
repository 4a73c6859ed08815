import { type FieldError, invalid, notSupported, required } from '../../../machinery/field.ts';
import { type Part, validateDnsLabel, validateDnsSubdomain } from '../../shared/fields.ts';
import { CONFIGS_MAX, validateDeviceConfig } from './config.ts';
import { validateList, validateSet } from './lists.ts';
import { validateFullyQualifiedName } from './names.ts';
import { validateSelectors } from './selectors.ts';
import { validateDeviceToleration } from './taints.ts';

// Models validateResourceClaimSpec in pkg/apis/resource/validation/validation.go.
const REQUESTS_MAX = 32;
const CONSTRAINTS_MAX = 32;
const ALTERNATIVES_MAX = 8;
const MODES = ['All', 'ExactCount'];
const ONE_KIND = 'exactly one of `exactly` or `firstAvailable` is required';
const ONE_ATTRIBUTE = 'exactly one of "matchAttribute" or "distinctAttribute" is required, but multiple fields are set';
const A_REQUEST = "must be the name of a request in the claim or the name of a request and a subrequest separated by '/'";

const nameOf = ({ name }: Part): string => name ?? '';

function validateMode({ allocationMode: mode = '', count = 0 }: Part, path: string): FieldError[] {
  if (mode === 'All') return count === 0 ? [] : [invalid(`${path}.count`, count, "must not be specified when allocationMode is 'All'")];
  if (mode !== 'ExactCount') return [notSupported(`${path}.allocationMode`, mode, MODES)];
  return count > 0 ? [] : [invalid(`${path}.count`, count, 'must be greater than zero')];
}

const validateExact = (request: Part, path: string): FieldError[] => [
  ...(request.deviceClassName ? validateDnsSubdomain(request.deviceClassName, `${path}.deviceClassName`) : [required(`${path}.deviceClassName`)]),
  ...validateSelectors(request.selectors, `${path}.selectors`),
  ...validateMode(request, path),
  ...(request.tolerations ?? []).flatMap((toleration: Part, i: number) => validateDeviceToleration(toleration, `${path}.tolerations[${i}]`)),
];

const validateAlternative = (request: Part, path: string): FieldError[] => [
  ...validateDnsLabel(nameOf(request), `${path}.name`),
  ...validateExact(request, path),
];

function validateRequest(request: Part, path: string): FieldError[] {
  const errors = validateDnsLabel(nameOf(request), `${path}.name`);
  const hasAlternatives = request.firstAvailable?.length > 0;
  if (request.exactly && hasAlternatives) return [...errors, invalid(path, null, `${ONE_KIND}, but multiple fields are set`)];
  if (request.exactly) return [...errors, ...validateExact(request.exactly, `${path}.exactly`)];
  if (!hasAlternatives) return [...errors, required(path, ONE_KIND)];
  return [...errors, ...validateSet(request.firstAvailable, ALTERNATIVES_MAX, `${path}.firstAvailable`, nameOf, validateAlternative)];
}

/** What a constraint or a configuration may refer to: requests, and the alternatives of one as `request/alternative`. */
const namesOfRequests = (requests: Part[]): Set<string> =>
  new Set(
    requests.flatMap((request) => [nameOf(request), ...(request.firstAvailable ?? []).map((each: Part) => `${nameOf(request)}/${nameOf(each)}`)]),
  );

function validateReferences(references: string[] | undefined, known: Set<string>, path: string): FieldError[] {
  const validateReference = (name: string, at: string): FieldError[] => {
    const unknown = known.has(name) ? [] : [invalid(at, name, A_REQUEST)];
    const segments = name.split('/');
    return segments.length > 2 ? unknown : [...segments.flatMap((segment) => validateDnsLabel(segment, at)), ...unknown];
  };
  return validateSet(references, REQUESTS_MAX, path, (name) => name, validateReference);
}

function validateAttributes({ matchAttribute, distinctAttribute }: Part, path: string): FieldError[] {
  if (matchAttribute !== undefined) return validateFullyQualifiedName(matchAttribute, `${path}.matchAttribute`);
  if (distinctAttribute !== undefined) return validateFullyQualifiedName(distinctAttribute, `${path}.distinctAttribute`);
  return [required(path, ONE_ATTRIBUTE)];
}

/** Of claims and of their templates. */
export function validateClaimSpec(spec: Part, path: string): FieldError[] {
  const { requests = [], constraints, config } = spec?.devices ?? {};
  const at = `${path}.devices`;
  const known = namesOfRequests(requests);
  return [
    ...validateSet(requests as Part[], REQUESTS_MAX, `${at}.requests`, nameOf, validateRequest),
    ...validateList(constraints as Part[] | undefined, CONSTRAINTS_MAX, `${at}.constraints`, (constraint, of) => [
      ...validateReferences(constraint.requests, known, `${of}.requests`),
      ...validateAttributes(constraint, of),
    ]),
    ...validateList(config as Part[] | undefined, CONFIGS_MAX, `${at}.config`, (each, of) => [
      ...validateReferences(each.requests, known, `${of}.requests`),
      ...validateDeviceConfig(each, of),
    ]),
  ];
}

/** Models SetDefaults_ExactDeviceRequest and its siblings in pkg/apis/resource/v1/defaults.go. */
export function defaultClaimSpec(spec: Part): void {
  for (const request of spec?.devices?.requests ?? []) {
    for (const exact of [...(request.exactly ? [request.exactly] : []), ...(request.firstAvailable ?? [])]) {
      exact.allocationMode ??= 'ExactCount';
      if (exact.allocationMode === 'ExactCount') exact.count ||= 1;
      for (const toleration of exact.tolerations ?? []) toleration.operator ||= 'Equal';
    }
  }
}
