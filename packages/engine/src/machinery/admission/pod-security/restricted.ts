import type { KubeObject } from '../../../core/object.ts';
import { addedCapabilities, seccompProfile as baselineSeccomp } from './baseline.ts';
import { type Check, containersText, namesWhere, plural, quoted, settersText, sortedSet } from './finding.ts';

// Facts and texts: k8s.io/pod-security-admission/policy/check_*.go, level restricted.
type Spec = KubeObject['spec'];

const VOLUMES = ['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'persistentVolumeClaim', 'projected', 'secret', 'image'];

export const allowPrivilegeEscalation: Check = (spec) => {
  const names = namesWhere(spec, (c) => c.securityContext?.allowPrivilegeEscalation !== false);
  if (names.length === 0) return undefined;
  return { reason: 'allowPrivilegeEscalation != false', detail: `${containersText(names)} must set securityContext.allowPrivilegeEscalation=false` };
};

export const capabilities: Check = (spec) => {
  const missing = namesWhere(spec, (c) => !(c.securityContext?.capabilities?.drop ?? []).includes('ALL'));
  const { names, added } = addedCapabilities(spec, ['NET_BIND_SERVICE']);
  const details = [
    ...(missing.length > 0 ? [`${containersText(missing)} must set securityContext.capabilities.drop=["ALL"]`] : []),
    ...(names.length > 0 ? [`${containersText(names)} must not include ${quoted(added)} in securityContext.capabilities.add`] : []),
  ];
  return details.length > 0 ? { reason: 'unrestricted capabilities', detail: details.join('; ') } : undefined;
};

export const volumeTypes: Check = (spec) => {
  const typeOf = (volume: Spec): string => Object.keys(volume).find((key) => key !== 'name') ?? '';
  const bad: Spec[] = (spec.volumes ?? []).filter((volume: Spec) => !VOLUMES.includes(typeOf(volume)));
  if (bad.length === 0) return undefined;
  const types = sortedSet(bad.map(typeOf));
  const names = bad.map(({ name }) => name);
  const verb = `${plural('uses', 'use', names.length)} ${plural('restricted volume type', 'restricted volume types', types.length)}`;
  return { reason: 'restricted volume types', detail: `${plural('volume', 'volumes', names.length)} ${quoted(names)} ${verb} ${quoted(types)}` };
};

export const runAsNonRoot: Check = (spec) => {
  const own = spec.securityContext?.runAsNonRoot;
  const explicit = namesWhere(spec, (c) => c.securityContext?.runAsNonRoot === false);
  const reason = 'runAsNonRoot != true';
  if (own === false || explicit.length > 0)
    return { reason, detail: `${settersText(own === false, explicit)} must not set securityContext.runAsNonRoot=false` };
  const silent = own === true ? [] : namesWhere(spec, (c) => c.securityContext?.runAsNonRoot === undefined);
  return silent.length > 0 ? { reason, detail: `pod or ${containersText(silent)} must set securityContext.runAsNonRoot=true` } : undefined;
};

export const runAsUser: Check = (spec) => {
  const own = spec.securityContext?.runAsUser === 0;
  const names = namesWhere(spec, (c) => c.securityContext?.runAsUser === 0);
  return own || names.length > 0 ? { reason: 'runAsUser=0', detail: `${settersText(own, names)} must not set runAsUser=0` } : undefined;
};

export const seccompProfile: Check = (spec, metadata, minor) => {
  const explicit = baselineSeccomp(spec, metadata, minor);
  if (explicit || spec.securityContext?.seccompProfile) return explicit;
  const silent = namesWhere(spec, (c) => c.securityContext?.seccompProfile === undefined);
  if (silent.length === 0) return undefined;
  return {
    reason: 'seccompProfile',
    detail: `pod or ${containersText(silent)} must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"`,
  };
};
