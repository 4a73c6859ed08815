import type { ManagedFieldsEntry, ObjectMeta, OwnerReference } from '../../core/object.ts';
import { type FieldError, forbiddenField, goQuote, invalid, required, tooLong } from '../../machinery/field.ts';
import { validateImmutable } from './equal.ts';
import { eachInvalid, validateNonNegative } from './fields.ts';
import { validateAnnotations, validateLabels } from './labels.ts';
import { isDns1123Label, isQualifiedName, type NameRule, nameIsDnsSubdomain } from './names.ts';
import { byteLength } from './text.ts';

export interface MetadataRules {
  namespaced: boolean;
  /** RFC 1123 subdomain unless said otherwise. */
  nameRule?: NameRule | undefined;
  /** Custom resources may have finalizers without a domain. */
  anyFinalizer?: boolean;
}

/** Models ValidateObjectMeta of k8s.io/apimachinery/pkg/api/validation, with the finalizer names that pkg/apis/core adds. */
export function validateObjectMeta(meta: ObjectMeta, rules: MetadataRules, path = 'metadata'): FieldError[] {
  const nameRule = rules.nameRule ?? nameIsDnsSubdomain;
  const errors: FieldError[] = [];
  if (meta.generateName) errors.push(...eachInvalid(`${path}.generateName`, meta.generateName, nameRule(meta.generateName, true)));
  if (!meta.name) errors.push(required(`${path}.name`, 'name or generateName is required'));
  else errors.push(...eachInvalid(`${path}.name`, meta.name, nameRule(meta.name, false)));
  errors.push(...validateNamespaceField(meta.namespace, rules.namespaced, `${path}.namespace`));
  errors.push(...validateNonNegative(meta.generation, `${path}.generation`), ...validateParts(meta, path, rules));
  return errors;
}

function validateNamespaceField(namespace: string | undefined, namespaced: boolean, path: string): FieldError[] {
  if (!namespaced) return namespace ? [forbiddenField(path, 'not allowed on this type')] : [];
  return namespace ? eachInvalid(path, namespace, isDns1123Label(namespace)) : [required(path)];
}

/** What holds at creation and ever after. */
function validateParts(meta: ObjectMeta, path: string, rules: Pick<MetadataRules, 'anyFinalizer'>): FieldError[] {
  return [
    ...validateLabels(meta.labels, `${path}.labels`),
    ...validateAnnotations(meta.annotations, `${path}.annotations`),
    ...validateOwnerReferences(meta.ownerReferences, `${path}.ownerReferences`),
    ...validateFinalizers(meta.finalizers, `${path}.finalizers`),
    ...validateManagedFields(meta.managedFields, `${path}.managedFields`),
    ...(rules.anyFinalizer ? [] : (meta.finalizers ?? [])).flatMap((f, i) => validateStandardFinalizer(f, `${path}.finalizers[${i}]`)),
  ];
}

/** Models ValidateObjectMetaUpdate. The two metas are of one object before and after. */
export function validateObjectMetaUpdate(
  meta: ObjectMeta,
  old: ObjectMeta,
  path = 'metadata',
  rules: Pick<MetadataRules, 'anyFinalizer'> = {},
): FieldError[] {
  const errors: FieldError[] = [];
  if (old.deletionTimestamp) errors.push(...validateNoNewFinalizers(meta.finalizers ?? [], old.finalizers ?? [], `${path}.finalizers`));
  if (!meta.resourceVersion) errors.push(invalid(`${path}.resourceVersion`, '', 'must be specified for an update'));
  if ((meta.generation ?? 0) < (old.generation ?? 0)) errors.push(invalid(`${path}.generation`, meta.generation ?? 0, 'must not be decremented'));
  for (const field of ['name', 'namespace', 'uid'] as const) {
    errors.push(...validateImmutable(meta[field] ?? '', old[field] ?? '', `${path}.${field}`));
  }
  for (const field of ['creationTimestamp', 'deletionTimestamp', 'deletionGracePeriodSeconds'] as const) {
    errors.push(...validateImmutable(meta[field], old[field], `${path}.${field}`));
  }
  return [...errors, ...validateParts(meta, path, rules)];
}

function validateNoNewFinalizers(finalizers: string[], old: string[], path: string): FieldError[] {
  const extra = [...new Set(finalizers)].filter((f) => !old.includes(f)).sort();
  if (extra.length === 0) return [];
  const list = `[]string{${extra.map(goQuote).join(', ')}}`;
  return [forbiddenField(path, `no new finalizers can be added if the object is being deleted, found new finalizers ${list}`)];
}

function validateOwnerReferences(references: OwnerReference[] | undefined, path: string): FieldError[] {
  const errors: FieldError[] = [];
  let controller = '';
  for (const reference of references ?? []) {
    errors.push(...validateOwnerReference(reference, path));
    if (!reference.controller) continue;
    const name = `${reference.kind}/${reference.name}`;
    if (controller === '') controller = name;
    else {
      const why = `Only one reference can have Controller set to true. Found "true" in references for ${controller} and ${name}`;
      errors.push(invalid(path, references?.map(inOrder), why));
    }
  }
  return errors;
}

/** Models ParseGroupVersion: `v1` or `group/v1`, nothing else. */
const hasVersion = (apiVersion: string | undefined): boolean => /^([^/]*\/)?[^/]+$/.test(apiVersion ?? '');

/** As Go shows it, whatever order it was sent in. */
const inOrder = ({ apiVersion = '', kind = '', name = '', uid = '', ...more }: OwnerReference): OwnerReference => ({
  apiVersion,
  kind,
  name,
  uid,
  ...(more.controller === undefined ? {} : { controller: more.controller }),
  ...(more.blockOwnerDeletion === undefined ? {} : { blockOwnerDeletion: more.blockOwnerDeletion }),
});

function validateOwnerReference(reference: OwnerReference, path: string): FieldError[] {
  const errors: FieldError[] = [];
  if (!hasVersion(reference.apiVersion)) errors.push(invalid(`${path}.apiVersion`, reference.apiVersion ?? '', 'version must not be empty'));
  for (const field of ['kind', 'name', 'uid'] as const) {
    if (!reference[field]) errors.push(invalid(`${path}.${field}`, '', 'must not be empty'));
  }
  if (reference.apiVersion === 'v1' && reference.kind === 'Event') {
    errors.push(invalid(path, inOrder(reference), '/v1, Kind=Event is disallowed from being an owner'));
  }
  return errors;
}

function validateFinalizers(finalizers: string[] | undefined, path: string): FieldError[] {
  const errors = (finalizers ?? []).flatMap((f) => eachInvalid(path, f, isQualifiedName(f)));
  if (finalizers?.includes('orphan') && finalizers.includes('foregroundDeletion')) {
    errors.push(invalid(path, finalizers, 'finalizer orphan and foregroundDeletion cannot be both set'));
  }
  return errors;
}

const STANDARD_FINALIZERS = ['kubernetes', 'orphan', 'foregroundDeletion'];

/** A name without a domain must be one that Kubernetes itself knows. */
export function validateStandardFinalizer(finalizer: string, path: string): FieldError[] {
  if (finalizer.includes('/') || STANDARD_FINALIZERS.includes(finalizer)) return [];
  return [invalid(path, finalizer, 'name is neither a standard finalizer name nor is it fully qualified')];
}

const FIELD_MANAGER_BYTES_MAX = 128;

/** Models ValidateManagedFields of k8s.io/apimachinery/pkg/apis/meta/v1/validation. */
function validateManagedFields(entries: ManagedFieldsEntry[] | undefined, path: string): FieldError[] {
  return (entries ?? []).flatMap((entry, i) => {
    const errors: FieldError[] = [];
    const at = `${path}[${i}]`;
    if (entry.operation !== 'Apply' && entry.operation !== 'Update')
      errors.push(invalid(`${at}.operation`, entry.operation ?? '', 'must be `Apply` or `Update`'));
    if (entry.fieldsType && entry.fieldsType !== 'FieldsV1') errors.push(invalid(`${at}.fieldsType`, entry.fieldsType, 'must be `FieldsV1`'));
    errors.push(...validateFieldManager(entry.manager ?? '', `${at}.manager`));
    if (byteLength(entry.subresource ?? '') > 256) errors.push(tooLong(`${at}.subresource`, 256));
    return errors;
  });
}

/** Also the rule of the `fieldManager` query parameter. */
export function validateFieldManager(manager: string, path: string): FieldError[] {
  const errors: FieldError[] = [];
  if (byteLength(manager) > FIELD_MANAGER_BYTES_MAX) errors.push(tooLong(path, FIELD_MANAGER_BYTES_MAX));
  let position = 0;
  for (const character of manager) {
    if (!isPrintable(character)) errors.push(invalid(path, manager, `invalid character ${codePointName(character)} (at position ${position})`));
    position += byteLength(character);
  }
  return errors;
}

/** As Go's %#U names what cannot be shown. */
const codePointName = (character: string): string => `U+${(character.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')}`;

const isPrintable = (character: string): boolean => character === ' ' || !/[\p{C}\p{Z}]/u.test(character);
