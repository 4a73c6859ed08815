import { type FieldError, forbiddenField, invalid, notSupported, required } from '../../machinery/field.ts';
import { semanticEqual } from './equal.ts';
import { eachInvalid, type Part, validateDnsSubdomain } from './fields.ts';
import { validateLabelSelector } from './labels.ts';
import { isDns1123Label, isDns1123Subdomain } from './names.ts';
import { nano } from './quantity.ts';
import { validateResourceQuantity } from './resources.ts';

// Models what claims, volumes and templates of claims share in pkg/apis/core/validation/validation.go.
const ACCESS_MODES = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'];
const VOLUME_MODES = ['Block', 'Filesystem'];
const EXCLUSIVE = 'ReadWriteOncePod';

export function validateAccessModes(modes: string[], path: string): FieldError[] {
  const errors = modes.filter((mode) => !ACCESS_MODES.includes(mode)).map((mode) => notSupported(path, mode, ACCESS_MODES));
  if (modes.includes(EXCLUSIVE) && modes.some((mode) => mode !== EXCLUSIVE && ACCESS_MODES.includes(mode))) {
    errors.push(forbiddenField(path, 'may not use ReadWriteOncePod with other access modes'));
  }
  return errors;
}

export const validateVolumeMode = (mode: string | undefined, path: string): FieldError[] =>
  mode === undefined || VOLUME_MODES.includes(mode) ? [] : [notSupported(path, mode, VOLUME_MODES)];

/** Models ValidatePositiveQuantityValue. */
export const positiveQuantity = (quantity: string | number, path: string): FieldError[] =>
  nano(quantity) > 0n ? [] : [invalid(path, String(quantity), 'must be greater than zero')];

function validateStorage(storage: string | undefined, path: string): FieldError[] {
  if (storage === undefined) return [required(path)];
  const errors = positiveQuantity(storage, path);
  return errors.length > 0 ? errors : validateResourceQuantity('storage', storage, path);
}

/** Where a claim's first data comes from. Models validateDataSource and validateDataSourceRef. */
function validateSource(source: Part, path: string): FieldError[] {
  const errors: FieldError[] = [];
  if (!source.name) errors.push(required(`${path}.name`));
  if (!source.kind) errors.push(required(`${path}.kind`));
  if (!source.apiGroup && source.kind !== 'PersistentVolumeClaim') {
    errors.push(invalid(path, source.kind ?? '', `must be 'PersistentVolumeClaim' when referencing the default apiGroup`));
  }
  if (source.apiGroup) errors.push(...eachInvalid(`${path}.apiGroup`, source.apiGroup, isDns1123Subdomain(source.apiGroup)));
  if (source.namespace) errors.push(...eachInvalid(`${path}.namespace`, source.namespace, isDns1123Label(source.namespace)));
  return errors;
}

function validateSources(spec: Part, path: string): FieldError[] {
  const { dataSource, dataSourceRef } = spec;
  const errors: FieldError[] = [];
  if (dataSource) errors.push(...validateSource(dataSource, `${path}.dataSource`));
  if (dataSourceRef) errors.push(...validateSource(dataSourceRef, `${path}.dataSourceRef`));
  if (!dataSource || !dataSourceRef) return errors;
  if (dataSourceRef.namespace) errors.push(invalid(path, {}, 'may not be specified when dataSourceRef.namespace is specified'));
  else if (!semanticEqual(dataSource, dataSourceRef)) errors.push(invalid(path, {}, 'must match dataSourceRef'));
  return errors;
}

/** Models ValidatePersistentVolumeClaimSpec. */
export function validateClaimSpec(spec: Part, path: string): FieldError[] {
  const modes: string[] = spec.accessModes ?? [];
  const errors = modes.length === 0 ? [required(`${path}.accessModes`, 'at least 1 access mode is required')] : [];
  errors.push(...validateLabelSelector(spec.selector, `${path}.selector`), ...validateAccessModes(modes, `${path}.accessModes`));
  errors.push(...validateStorage(spec.resources?.requests?.storage, `${path}.resources[storage]`));
  if (spec.storageClassName) errors.push(...validateDnsSubdomain(spec.storageClassName, `${path}.storageClassName`));
  errors.push(...validateVolumeMode(spec.volumeMode, `${path}.volumeMode`), ...validateSources(spec, path));
  if (spec.volumeAttributesClassName) errors.push(...validateDnsSubdomain(spec.volumeAttributesClassName, `${path}.volumeAttributesClassName`));
  return errors;
}

/** Models GetWarningsForPersistentVolumeClaimSpec in pkg/api/persistentvolumeclaim/util.go. */
export const claimSpecWarnings = ({ resources }: Part, path: string): string[] =>
  ['requests', 'limits'].flatMap((list) => {
    const amount = resources?.[list]?.storage;
    if (amount === undefined || nano(amount) % 1_000_000_000n === 0n) return [];
    return [`${path}.resources.${list}[storage]: fractional byte value ${JSON.stringify(String(amount))} is invalid, must be an integer`];
  });
