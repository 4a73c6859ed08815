import type { KubeObject } from '../../../core/object.ts';
import { type Check, containersOf, containersText, type Finding, namesWhere, plural, quoted, settersText, sortedSet } from './finding.ts';

// Facts and texts: k8s.io/pod-security-admission/policy/check_*.go, level baseline.
type Spec = KubeObject['spec'];

const APP_ARMOR_PREFIX = 'container.apparmor.security.beta.kubernetes.io/';
/** Which may be set, and since when. */
const SYSCTLS: Readonly<Record<string, number>> = {
  'kernel.shm_rmid_forced': 0,
  'net.ipv4.ip_local_port_range': 0,
  'net.ipv4.ip_unprivileged_port_start': 0,
  'net.ipv4.tcp_syncookies': 0,
  'net.ipv4.ping_group_range': 0,
  'net.ipv4.ip_local_reserved_ports': 27,
  'net.ipv4.tcp_keepalive_time': 29,
  'net.ipv4.tcp_fin_timeout': 29,
  'net.ipv4.tcp_keepalive_intvl': 29,
  'net.ipv4.tcp_keepalive_probes': 29,
  'net.ipv4.tcp_rmem': 32,
  'net.ipv4.tcp_wmem': 32,
};
const mayBeSet = (sysctl: string, minor: number): boolean => Object.hasOwn(SYSCTLS, sysctl) && minor >= (SYSCTLS[sysctl] as number);
const SELINUX_TYPES = ['', 'container_t', 'container_init_t', 'container_kvm_t'];
const ENGINE_TYPE = 'container_engine_t';
const ENGINE_TYPE_SINCE = 31;
const CAPABILITIES = [
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
];

const allowedAnnotation = (value: string): boolean => value === '' || value === 'runtime/default' || value.startsWith('localhost/');

export const appArmorProfile: Check = ({ securityContext, ...spec }, metadata) => {
  const isBad = (profile: Spec): boolean => profile !== undefined && !['RuntimeDefault', 'Localhost'].includes(profile.type);
  const names = namesWhere(spec, (c) => isBad(c.securityContext?.appArmorProfile));
  const annotations = Object.entries(metadata.annotations ?? {}).filter(
    ([key, value]) => key.startsWith(APP_ARMOR_PREFIX) && !allowedAnnotation(value),
  );
  const pod = isBad(securityContext?.appArmorProfile);
  const values = sortedSet([
    ...(pod ? [securityContext.appArmorProfile.type] : []),
    ...containersOf(spec).flatMap((c) => (isBad(c.securityContext?.appArmorProfile) ? [c.securityContext.appArmorProfile.type] : [])),
    ...annotations.map(([, value]) => value),
  ]);
  if (values.length === 0) return undefined;
  const keys = annotations.map(([key]) => key).sort();
  const setters = [
    settersText(pod, names),
    ...(keys.length > 0 ? [`${plural('annotation', 'annotations', keys.length)} ${quoted(keys)}`] : []),
  ].filter(Boolean);
  return {
    reason: plural('forbidden AppArmor profile', 'forbidden AppArmor profiles', values.length),
    detail: `${setters.join(' and ')} must not set AppArmor profile type to ${quoted(values)}`,
  };
};

export const addedCapabilities = (spec: Spec, allowed: readonly string[]): { names: string[]; added: string[] } => {
  const extra = (c: Spec): string[] => (c.securityContext?.capabilities?.add ?? []).filter((name: string) => !allowed.includes(name));
  return { names: namesWhere(spec, (c) => extra(c).length > 0), added: sortedSet(containersOf(spec).flatMap(extra)) };
};

export const capabilities: Check = (spec) => {
  const { names, added } = addedCapabilities(spec, CAPABILITIES);
  if (names.length === 0) return undefined;
  return {
    reason: 'non-default capabilities',
    detail: `${containersText(names)} must not include ${quoted(added)} in securityContext.capabilities.add`,
  };
};

export const hostNamespaces: Check = (spec) => {
  const set = ['hostNetwork', 'hostPID', 'hostIPC'].filter((field) => spec[field] === true).map((field) => `${field}=true`);
  return set.length > 0 ? { reason: 'host namespaces', detail: set.join(', ') } : undefined;
};

export const hostPathVolumes: Check = (spec) => {
  const names: string[] = (spec.volumes ?? []).filter((volume: Spec) => volume.hostPath).map((volume: Spec) => volume.name);
  return names.length > 0 ? { reason: 'hostPath volumes', detail: `${plural('volume', 'volumes', names.length)} ${quoted(names)}` } : undefined;
};

export const hostPorts: Check = (spec) => {
  const portsOf = (c: Spec): string[] => (c.ports ?? []).flatMap((port: Spec) => (port.hostPort ? [String(port.hostPort)] : []));
  const names = namesWhere(spec, (c) => portsOf(c).length > 0);
  if (names.length === 0) return undefined;
  const ports = sortedSet(containersOf(spec).flatMap(portsOf));
  const verb = `${plural('uses', 'use', names.length)} ${plural('hostPort', 'hostPorts', ports.length)}`;
  return { reason: 'hostPort', detail: `${containersText(names)} ${verb} ${ports.join(', ')}` };
};

export const hostProbes: Check = (spec) => {
  const handlers = (c: Spec): Spec[] =>
    [c.livenessProbe, c.readinessProbe, c.startupProbe, c.lifecycle?.postStart, c.lifecycle?.preStop].filter(Boolean);
  const hostsOf = (c: Spec): string[] => handlers(c).flatMap((h) => [h.httpGet?.host, h.tcpSocket?.host].filter(Boolean));
  const names = sortedSet(namesWhere(spec, (c) => hostsOf(c).length > 0));
  if (names.length === 0) return undefined;
  const hosts = sortedSet(containersOf(spec).flatMap(hostsOf));
  const verb = `${plural('uses', 'use', names.length)} ${plural('probe or lifecycle host', 'probe or lifecycle hosts', hosts.length)}`;
  return { reason: 'probe or lifecycle host', detail: `${containersText(names)} ${verb} ${quoted(hosts)}` };
};

export const privileged: Check = (spec) => {
  const names = namesWhere(spec, (c) => c.securityContext?.privileged === true);
  return names.length > 0 ? { reason: 'privileged', detail: `${containersText(names)} must not set securityContext.privileged=true` } : undefined;
};

export const procMount: Check = (spec) => {
  const isBad = (c: Spec): boolean => c.securityContext?.procMount !== undefined && c.securityContext.procMount !== 'Default';
  const names = namesWhere(spec, isBad);
  if (names.length === 0) return undefined;
  const values = sortedSet(containersOf(spec).flatMap((c) => (isBad(c) ? [c.securityContext.procMount] : [])));
  return { reason: 'procMount', detail: `${containersText(names)} must not set securityContext.procMount to ${quoted(values)}` };
};

export const seLinuxOptions: Check = (spec, _metadata, minor) => {
  const allowed = minor >= ENGINE_TYPE_SINCE ? [...SELINUX_TYPES, ENGINE_TYPE] : SELINUX_TYPES;
  const isBad = (o: Spec): boolean => o !== undefined && (!allowed.includes(o.type ?? '') || Boolean(o.user) || Boolean(o.role));
  const own = spec.securityContext?.seLinuxOptions;
  const names = namesWhere(spec, (c) => isBad(c.securityContext?.seLinuxOptions));
  const bad: Spec[] = [own, ...containersOf(spec).map((c) => c.securityContext?.seLinuxOptions)].filter(isBad);
  if (bad.length === 0) return undefined;
  const types = sortedSet(bad.map((o) => o.type ?? '').filter((type: string) => !allowed.includes(type)));
  // Upstream says so only where a type is wrong as well.
  const user = types.length > 0 && bad.some((o) => o.user) ? ['user may not be set'] : [];
  const role = types.length > 0 && bad.some((o) => o.role) ? ['role may not be set'] : [];
  const data = [...(types.length > 0 ? [`${plural('type', 'types', types.length)} ${quoted(types)}`] : []), ...user, ...role];
  return { reason: 'seLinuxOptions', detail: `${settersText(isBad(own), names)} set forbidden securityContext.seLinuxOptions: ${data.join('; ')}` };
};

const isBadSeccomp = (profile: Spec): boolean => profile !== undefined && !['RuntimeDefault', 'Localhost'].includes(profile.type);

export const seccompProfile: Check = (spec): Finding | undefined => {
  const own = spec.securityContext?.seccompProfile;
  const names = namesWhere(spec, (c) => isBadSeccomp(c.securityContext?.seccompProfile));
  const bad: Spec[] = [own, ...containersOf(spec).map((c) => c.securityContext?.seccompProfile)].filter(isBadSeccomp);
  if (bad.length === 0) return undefined;
  const values = sortedSet(bad.map(({ type }) => type ?? ''));
  return {
    reason: 'seccompProfile',
    detail: `${settersText(isBadSeccomp(own), names)} must not set securityContext.seccompProfile.type to ${quoted(values)}`,
  };
};

export const sysctls: Check = (spec, _metadata, minor) => {
  const names: string[] = (spec.securityContext?.sysctls ?? []).map((sysctl: Spec) => sysctl.name).filter((name: string) => !mayBeSet(name, minor));
  return names.length > 0 ? { reason: 'forbidden sysctls', detail: names.join(', ') } : undefined;
};

export const windowsHostProcess: Check = (spec) => {
  const isBad = (context: Spec): boolean => context?.windowsOptions?.hostProcess === true;
  const names = namesWhere(spec, (c) => isBad(c.securityContext));
  if (names.length === 0 && !isBad(spec.securityContext)) return undefined;
  return {
    reason: 'hostProcess',
    detail: `${settersText(isBad(spec.securityContext), names)} must not set securityContext.windowsOptions.hostProcess=true`,
  };
};
