import type { KubeObject } from '../../../core/object.ts';
import * as baseline from './baseline.ts';
import type { Check, Finding } from './finding.ts';
import * as restricted from './restricted.ts';

export type Level = 'privileged' | 'baseline' | 'restricted';

/** A level as of a version of Kubernetes: `latest` or `v1.34`. */
export interface Standard {
  level: Level;
  version: string;
}

const HOST_PROBES_SINCE = 34;
const USER_NAMESPACES_SINCE = 35;

const minorOf = (version: string): number => (version === 'latest' ? Number.POSITIVE_INFINITY : Number(version.slice('v1.'.length)));

/** Who is root only in a user namespace of the pod's own is nobody outside. Models relaxPolicyForUserNamespacePod. */
const unlessOwnUsers =
  (check: Check): Check =>
  (spec, metadata, minor) =>
    minor >= USER_NAMESPACES_SINCE && spec.hostUsers === false ? undefined : check(spec, metadata, minor);

/** By check id; each level in the order of ids, as upstream's registry runs them. */
const checksOf = ({ level, version }: Standard): Check[] => {
  if (level === 'privileged') return [];
  const strict = level === 'restricted';
  const hostProbes = minorOf(version) >= HOST_PROBES_SINCE;
  return [
    baseline.appArmorProfile,
    ...(strict ? [] : [baseline.capabilities]),
    baseline.hostNamespaces,
    ...(strict ? [] : [baseline.hostPathVolumes]),
    baseline.hostPorts,
    ...(hostProbes ? [baseline.hostProbes] : []),
    baseline.privileged,
    unlessOwnUsers(baseline.procMount),
    baseline.seLinuxOptions,
    ...(strict ? [] : [baseline.seccompProfile]),
    baseline.sysctls,
    baseline.windowsHostProcess,
    ...(strict
      ? [
          restricted.allowPrivilegeEscalation,
          restricted.capabilities,
          restricted.volumeTypes,
          unlessOwnUsers(restricted.runAsNonRoot),
          unlessOwnUsers(restricted.runAsUser),
          restricted.seccompProfile,
        ]
      : []),
  ];
};

export const evaluate = (standard: Standard, spec: KubeObject['spec'], metadata: KubeObject['metadata']): Finding[] =>
  checksOf(standard).flatMap((check) => check(spec, metadata, minorOf(standard.version)) ?? []);

export const detailText = (findings: readonly Finding[]): string =>
  findings.map(({ reason, detail }) => (detail ? `${reason} (${detail})` : reason)).join(', ');

export const reasonText = (findings: readonly Finding[]): string => findings.map(({ reason }) => reason).join(', ');

export const standardText = ({ level, version }: Standard): string => `${level}:${version}`;
