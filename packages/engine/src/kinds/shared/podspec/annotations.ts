import { type FieldError, forbiddenField, invalid } from '../../../machinery/field.ts';
import { ownValue, type Part, sortedKeys } from '../fields.ts';
import { validateLocalDescendingPath } from '../paths.ts';
import { containersWithPath } from './rules.ts';

type Annotations = Record<string, string> | undefined;

const MIRROR = 'kubernetes.io/config.mirror';
const DELETION_COST = 'controller.kubernetes.io/pod-deletion-cost';
const SECCOMP_POD = 'seccomp.security.alpha.kubernetes.io/pod';
const SECCOMP_CONTAINER = 'container.seccomp.security.alpha.kubernetes.io/';
const APP_ARMOR = 'container.apparmor.security.beta.kubernetes.io/';
const LOCALHOST = 'localhost/';

/** Models ValidatePodSpecificAnnotations. */
export function validatePodAnnotations(annotations: Annotations, spec: Part, path: string): FieldError[] {
  const errors: FieldError[] = [];
  const mirror = ownValue(annotations, MIRROR);
  if (mirror !== undefined && !spec.nodeName) {
    errors.push(invalid(`${path}[${MIRROR}]`, mirror, 'must set spec.nodeName if mirror pod annotation is set'));
  }
  const cost = ownValue(annotations, DELETION_COST);
  if (cost !== undefined && !isInt32(cost)) errors.push(invalid(`${path}[${DELETION_COST}]`, cost, 'must be a 32bit integer'));
  for (const key of sortedKeys(annotations)) {
    const value = (annotations as Record<string, string>)[key] as string;
    if (key === SECCOMP_POD || key.startsWith(SECCOMP_CONTAINER)) errors.push(...validateSeccompName(value, `${path}.${key}`));
    else if (key.startsWith(APP_ARMOR)) errors.push(...validateAppArmorName(key, value, spec, `${path}[${key}]`));
  }
  return errors;
}

function isInt32(text: string): boolean {
  const value = Number(text);
  return (text === '0' || /^-?[1-9]\d*$/.test(text)) && value >= -2_147_483_648 && value <= 2_147_483_647;
}

function validateSeccompName(profile: string, path: string): FieldError[] {
  if (['runtime/default', 'docker/default', 'unconfined'].includes(profile)) return [];
  if (profile.startsWith(LOCALHOST)) return validateLocalDescendingPath(profile.slice(LOCALHOST.length), path);
  return [invalid(path, profile, 'must be a valid seccomp profile')];
}

function validateAppArmorName(key: string, profile: string, spec: Part, path: string): FieldError[] {
  const name = key.slice(APP_ARMOR.length);
  const errors = [...containersWithPath(spec, '')].some(([c]) => c.name === name) ? [] : [invalid(path, name, 'container not found')];
  if (!['', 'runtime/default', 'unconfined'].includes(profile) && !profile.startsWith(LOCALHOST)) {
    errors.push(invalid(path, profile, `invalid AppArmor profile name: "${profile}"`));
  }
  return errors;
}

/** Where a profile is given both ways, they must agree. Models validateSeccompAnnotationsAndFields. */
export function validateSeccompMatch(annotations: Annotations, spec: Part, path: string): FieldError[] {
  const match = (key: string, profile: Part | undefined, at: string): FieldError[] => {
    const annotation = ownValue(annotations, key);
    return profile && annotation !== undefined ? mismatch('seccomp', annotation, profile, `${at}.securityContext.seccompProfile`) : [];
  };
  const errors = match(SECCOMP_POD, spec.securityContext?.seccompProfile, path);
  for (const [c, at] of containersWithPath(spec, path)) errors.push(...match(`${SECCOMP_CONTAINER}${c.name}`, c.securityContext?.seccompProfile, at));
  return errors;
}

/** Models validateAppArmorAnnotationsAndFieldsMatchOnCreate. */
export function validateAppArmorMatch(annotations: Annotations, spec: Part, path: string): FieldError[] {
  if (spec.os?.name === 'windows') return [];
  const errors: FieldError[] = [];
  for (const [container, at] of containersWithPath(spec, path)) {
    const profile = container.securityContext?.appArmorProfile ?? spec.securityContext?.appArmorProfile;
    const annotation = ownValue(annotations, `${APP_ARMOR}${container.name}`);
    if (profile && annotation !== undefined) errors.push(...mismatch('apparmor', annotation, profile, `${at}.securityContext.appArmorProfile`));
  }
  return errors;
}

function mismatch(what: 'seccomp' | 'apparmor', annotation: string, profile: Part, path: string): FieldError[] {
  const differ = (field: string, noun: string) => [forbiddenField(`${path}.${field}`, `${what} ${noun} in annotation and field must match`)];
  switch (profile.type) {
    case 'Unconfined':
      return annotation === 'unconfined' ? [] : differ('type', 'type');
    case 'RuntimeDefault':
      return annotation === 'runtime/default' || (what === 'seccomp' && annotation === 'docker/default') ? [] : differ('type', 'type');
    case 'Localhost':
      if (!annotation.startsWith(LOCALHOST)) return differ('type', 'type');
      return annotation.slice(LOCALHOST.length) === profile.localhostProfile ? [] : differ('localhostProfile', 'profile');
    default:
      return [];
  }
}

/** Models ValidatePodSpecificAnnotationUpdates. */
export function validatePodAnnotationUpdates(annotations: Annotations, old: Annotations, path: string): FieldError[] {
  const errors: FieldError[] = [];
  for (const key of sortedKeys(old)) {
    if (ownValue(annotations, key) === ownValue(old, key)) continue;
    if (key.startsWith(APP_ARMOR)) errors.push(forbiddenField(`${path}[${key}]`, 'may not remove or update AppArmor annotations'));
    if (key === MIRROR) errors.push(forbiddenField(`${path}[${key}]`, 'may not remove or update mirror pod annotation'));
  }
  for (const key of sortedKeys(annotations)) {
    if (ownValue(old, key) !== undefined) continue;
    if (key.startsWith(APP_ARMOR)) errors.push(forbiddenField(`${path}[${key}]`, 'may not add AppArmor annotations'));
    if (key === MIRROR) errors.push(forbiddenField(`${path}[${key}]`, 'may not add mirror pod annotation'));
  }
  return errors;
}
