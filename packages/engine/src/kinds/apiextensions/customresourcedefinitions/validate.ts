import type { KubeObject } from '../../../core/object.ts';
import { type FieldError, invalid, notSupported, required } from '../../../machinery/field.ts';
import { validateImmutable } from '../../shared/equal.ts';
import { ownValue, type Part } from '../../shared/fields.ts';
import { isDns1035Label, isDns1123Subdomain } from '../../shared/names.ts';
import { APPROVED, approvalOf } from './approval.ts';
import { validateConversion } from './conversion.ts';
import { validateNames } from './names.ts';
import { sharedParts, type VersionPart, validateDeprecationWarning, validateVersionParts } from './versions.ts';

// Models ValidateCustomResourceDefinition* in pkg/apis/apiextensions/validation/validation.go of k8s.io/apiextensions-apiserver.
const SCOPES = ['Cluster', 'Namespaced'];

function validateName({ metadata, spec }: KubeObject): FieldError[] {
  if (metadata.name === undefined || metadata.name === `${spec.names.plural ?? ''}.${spec.group ?? ''}`) return [];
  return [invalid('metadata.name', metadata.name, 'must be spec.names.plural+"."+spec.group')];
}

function validateGroup(group: string, path: string): FieldError[] {
  if (group === '') return [required(path)];
  const problems = isDns1123Subdomain(group);
  if (problems.length > 0) return [invalid(path, group, problems.join(','))];
  return group.includes('.') ? [] : [invalid(path, group, 'should be a domain with at least one dot')];
}

function validateEnum(value: string | undefined, accepted: string[], path: string): FieldError[] {
  if (!value) return [required(path)];
  return accepted.includes(value) ? [] : [notSupported(path, value, accepted)];
}

const versionNamed = (old: Part | undefined, name: string): Part | undefined => old?.versions?.find((version: Part) => version.name === name);

const hasStatus = (version: Part): boolean => Boolean(version.subresources?.status);

function validateVersions(versions: Part[], path: string, old: Part | undefined): FieldError[] {
  const shared = sharedParts(versions);
  const errors: FieldError[] = [];
  for (const [i, version] of versions.entries()) {
    if (!version.schema?.openAPIV3Schema) errors.push(required(`${path}[${i}].schema.openAPIV3Schema`, 'schemas are required'));
  }
  for (const [i, version] of versions.entries()) {
    const problems = isDns1035Label(version.name ?? '');
    if (problems.length > 0) errors.push(invalid(`${path}[${i}].name`, version.name ?? '', problems.join(',')));
    errors.push(...validateDeprecationWarning(version, `${path}[${i}].deprecationWarning`));
    const pathOf = (part: VersionPart) => (shared.has(part) ? undefined : `${path}[${i}].${part}`);
    errors.push(...validateVersionParts(version, pathOf, { hasStatus: hasStatus(version), before: versionNamed(old, version.name) }));
  }
  if (new Set(versions.map((version) => version.name)).size < versions.length)
    errors.push(invalid(path, versions, 'must contain unique version names'));
  if (versions.filter((version) => version.storage).length !== 1) {
    errors.push(invalid(path, versions, 'must have exactly one version marked as storage version'));
  }
  const first = versions[0]?.name;
  const problems = first ? isDns1035Label(first) : [];
  if (problems.length > 0) errors.push(invalid('spec.version', first, problems.join(',')));
  return errors;
}

function validateSharedParts(versions: Part[], old: Part | undefined): FieldError[] {
  const [first] = versions;
  if (!first) return [];
  const shared = sharedParts(versions);
  const pathOf = (part: VersionPart) => (shared.has(part) ? `spec.${part === 'schema' ? 'validation' : part}` : undefined);
  return validateVersionParts(first, pathOf, { hasStatus: versions.some(hasStatus), before: versionNamed(old, first.name) });
}

function validateSpec(spec: Part, old?: Part): FieldError[] {
  const versions: Part[] = spec.versions ?? [];
  const errors = [
    ...validateGroup(spec.group ?? '', 'spec.group'),
    ...validateEnum(spec.scope, SCOPES, 'spec.scope'),
    ...validateVersions(versions, 'spec.versions', old),
    ...validateNames(spec.names, 'spec.names'),
    ...validateSharedParts(versions, old),
  ];
  if (spec.preserveUnknownFields)
    errors.push(
      invalid(
        'spec.preserveUnknownFields',
        true,
        'cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead',
      ),
    );
  return spec.conversion ? [...errors, ...validateConversion(spec.conversion, 'spec.conversion')] : errors;
}

const leftBehind = (name: string): string =>
  `missing from spec.versions; ${name} was previously a storage version, and must remain in spec.versions until a storage migration ensures no data remains persisted in ${name} and removes ${name} from status.storedVersions`;

function validateStoredVersions({ spec, status }: KubeObject): FieldError[] {
  const path = 'status.storedVersions';
  const stored: string[] = status?.storedVersions ?? [];
  if (stored.length === 0) return [invalid(path, status?.storedVersions, 'must have at least one stored version')];
  const versions: Part[] = spec.versions ?? [];
  const missing = versions.filter((version) => version.storage && !stored.includes(version.name));
  return [
    ...missing.map((version) => invalid(path, stored, `must have the storage version ${version.name}`)),
    ...stored.flatMap((name, i) => (versions.some((version) => version.name === name) ? [] : [invalid(`${path}[${i}]`, name, leftBehind(name))])),
  ];
}

/** Groups of the project itself need its word; who has none may go on without. */
function validateApproval(definition: KubeObject, old?: KubeObject): FieldError[] {
  const approval = approvalOf(definition);
  if (old && approvalOf(old)?.state === approval?.state) return [];
  const path = `metadata.annotations[${APPROVED}]`;
  if (approval?.state === 'missing') return [required(path, approval.message)];
  return approval?.state === 'invalid' ? [invalid(path, ownValue(definition.metadata.annotations, APPROVED), approval.message)] : [];
}

export const validate = (definition: KubeObject): FieldError[] => [
  ...validateName(definition),
  ...validateSpec(definition.spec),
  ...validateStoredVersions(definition),
  ...validateApproval(definition),
];

const isEstablished = ({ status }: KubeObject): boolean =>
  (status?.conditions ?? []).some((condition: Part) => condition.type === 'Established' && condition.status === 'True');

export function validateUpdate(definition: KubeObject, old: KubeObject): FieldError[] {
  const { spec } = definition;
  const errors = validateSpec(spec, old.spec);
  if (isEstablished(old)) {
    errors.push(...validateImmutable(spec.scope, old.spec.scope, 'spec.scope'));
    errors.push(...validateImmutable(spec.names.kind, old.spec.names.kind, 'spec.names.kind'));
  }
  errors.push(...validateImmutable(spec.group, old.spec.group, 'spec.group'));
  errors.push(...validateImmutable(spec.names.plural, old.spec.names.plural, 'spec.names.plural'));
  return [...errors, ...validateStoredVersions(definition), ...validateApproval(definition, old)];
}
