import { type FieldError, invalid, notFoundField, required } from '../../../machinery/field.ts';
import { eachInvalid, type Part, validateDnsLabel } from '../fields.ts';
import { isConfigMapKey, isRelaxedEnvVarName } from '../formats.ts';
import { isDns1123Subdomain } from '../names.ts';
import { validateNoBacksteps } from '../paths.ts';
import { ENV_FIELD_PATHS, validateFieldRef, validateResourceFieldRef } from './downward.ts';
import { containersWithPath } from './rules.ts';

/** Models ValidateEnv. */
export function validateEnv(variables: Part[] | undefined, path: string): FieldError[] {
  return (variables ?? []).flatMap((variable, i) => [
    ...(variable.name ? eachInvalid(`${path}[${i}].name`, variable.name, isRelaxedEnvVarName(variable.name)) : [required(`${path}[${i}].name`)]),
    ...validateValueFrom(variable, `${path}[${i}].valueFrom`),
  ]);
}

function validateValueFrom(variable: Part, path: string): FieldError[] {
  const from = variable.valueFrom;
  if (!from) return [];
  const sources: FieldError[][] = [];
  if (from.fieldRef) sources.push(validateFieldRef(from.fieldRef, ENV_FIELD_PATHS, `${path}.fieldRef`));
  if (from.resourceFieldRef) sources.push(validateResourceFieldRef(from.resourceFieldRef, `${path}.resourceFieldRef`, false));
  if (from.configMapKeyRef) sources.push(validateKeySelector(from.configMapKeyRef, `${path}.configMapKeyRef`));
  if (from.secretKeyRef) sources.push(validateKeySelector(from.secretKeyRef, `${path}.secretKeyRef`));
  if (from.fileKeyRef) sources.push(validateFileKeySelector(from.fileKeyRef, `${path}.fileKeyRef`));
  const errors = sources.flat();
  if (sources.length === 0) {
    errors.push(invalid(path, '', 'must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`'));
  } else if (variable.value) errors.push(invalid(path, '', 'may not be specified when `value` is not empty'));
  else if (sources.length > 1) errors.push(invalid(path, '', 'may not have more than one field specified at a time'));
  return errors;
}

const validateKeySelector = (selector: Part, path: string): FieldError[] => [
  ...eachInvalid(`${path}.name`, selector.name ?? '', isDns1123Subdomain(selector.name ?? '')),
  ...(selector.key ? eachInvalid(`${path}.key`, selector.key, isConfigMapKey(selector.key)) : [required(`${path}.key`)]),
];

/** A key in a file of a volume. */
function validateFileKeySelector(selector: Part, path: string): FieldError[] {
  const errors: FieldError[] = [];
  if (!selector.key) errors.push(required(`${path}.key`));
  else errors.push(...eachInvalid(`${path}.key`, selector.key, isRelaxedEnvVarName(selector.key)));
  if (!selector.volumeName) errors.push(required(`${path}.volumeName`));
  else errors.push(...validateDnsLabel(selector.volumeName, `${path}.volumeName`));
  if (!selector.path) errors.push(required(`${path}.path`));
  else errors.push(...validateNoBacksteps(selector.path, `${path}.path`));
  return errors;
}

/** The files are the pod's own: in an emptyDir. Models validateFileKeyRefVolumes. */
export function validateFileKeyVolumes(spec: Part, path: string): FieldError[] {
  const errors: FieldError[] = [];
  for (const [container, at] of containersWithPath(spec, path)) {
    for (const [i, variable] of ((container.env ?? []) as Part[]).entries()) {
      const reference = variable.valueFrom?.fileKeyRef;
      if (!reference) continue;
      const name: string = reference.volumeName ?? '';
      const field = `${at}.env[${i}].valueFrom.fileKeyRef.volumeName`;
      const volume = ((spec.volumes ?? []) as Part[]).findLast((each) => (each.name ?? '') === name);
      if (!volume) errors.push(notFoundField(field, name));
      else if (!volume.emptyDir) errors.push(invalid(field, name, 'referenced volume must be of type emptyDir'));
    }
  }
  return errors;
}

/** Models ValidateEnvFrom. */
export function validateEnvFrom(sources: Part[] | undefined, path: string): FieldError[] {
  return (sources ?? []).flatMap((source, i) => {
    const at = `${path}[${i}]`;
    const errors: FieldError[] = source.prefix ? eachInvalid(`${at}.prefix`, source.prefix, isRelaxedEnvVarName(source.prefix)) : [];
    if (source.configMapRef) errors.push(...validateSourceName(source.configMapRef, `${at}.configMapRef.name`));
    if (source.secretRef) errors.push(...validateSourceName(source.secretRef, `${at}.secretRef.name`));
    if (!source.configMapRef && !source.secretRef) errors.push(invalid(path, '', 'must specify one of: `configMapRef` or `secretRef`'));
    if (source.configMapRef && source.secretRef) errors.push(invalid(path, '', 'may not have more than one field specified at a time'));
    return errors;
  });
}

const maskDash = (name: string): string => (name.length > 1 && name.endsWith('-') ? `${name.slice(0, -2)}a` : name);

/** Upstream checks these as prefixes, so a trailing dash passes. */
const validateSourceName = (source: Part, path: string): FieldError[] =>
  source.name ? eachInvalid(path, source.name, isDns1123Subdomain(maskDash(source.name))) : [required(path)];
