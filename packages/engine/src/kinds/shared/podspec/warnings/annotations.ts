import { ownValue, type Part } from '../../fields.ts';
import { containersWithPath } from '../rules.ts';

type Annotations = Record<string, string> | undefined;

const NON_FUNCTIONAL: [key: string, why: string][] = [
  ['scheduler.alpha.kubernetes.io/critical-pod', 'non-functional in v1.16+; use the "priorityClassName" field instead'],
  ['security.alpha.kubernetes.io/sysctls', 'non-functional in v1.11+; use the "sysctls" field instead'],
  ['security.alpha.kubernetes.io/unsafe-sysctls', 'non-functional in v1.11+; use the "sysctls" field instead'],
];
const SECCOMP_POD = 'seccomp.security.alpha.kubernetes.io/pod';
const SECCOMP_CONTAINER = 'container.seccomp.security.alpha.kubernetes.io/';
const APP_ARMOR = 'container.apparmor.security.beta.kubernetes.io/';
const SECCOMP = 'non-functional in v1.27+; use the "seccompProfile" field instead';

export const annotationWarnings = (annotations: Annotations, path: string): string[] =>
  NON_FUNCTIONAL.filter(([key]) => ownValue(annotations, key) !== undefined).map(([key, why]) => `${path}[${key}]: ${why}`);

/** Profiles that an annotation asks for and no field does. */
export function profileWarnings(spec: Part, annotations: Annotations, path: string): string[] {
  const has = (key: string): boolean => ownValue(annotations, key) !== undefined;
  const warnings = !spec.securityContext?.seccompProfile && has(SECCOMP_POD) ? [`${path}[${SECCOMP_POD}]: ${SECCOMP}`] : [];
  for (const [{ name, securityContext }] of containersWithPath(spec, '')) {
    const [seccomp, appArmor] = [SECCOMP_CONTAINER + name, APP_ARMOR + name];
    if (!securityContext?.seccompProfile && has(seccomp)) warnings.push(`${path}[${seccomp}]: ${SECCOMP}`);
    if (!spec.securityContext?.appArmorProfile && !securityContext?.appArmorProfile && has(appArmor))
      warnings.push(`${path}[${appArmor}]: deprecated since v1.30; use the "appArmorProfile" field instead`);
  }
  return warnings;
}
