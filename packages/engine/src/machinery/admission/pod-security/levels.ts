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

const USER_NAMESPACES_SINCE = 35;
const WINDOWS_SINCE = 25;

const minorOf = (version: string): number => (version === 'latest' ? Number.POSITIVE_INFINITY : Number(version.slice('v1.'.length)));

/** Who is root only in a user namespace of the pod's own is nobody outside. Models relaxPolicyForUserNamespacePod. */
const unlessOwnUsers =
  (check: Check): Check =>
  (spec, metadata, minor) =>
    minor >= USER_NAMESPACES_SINCE && spec.hostUsers === false ? undefined : check(spec, metadata, minor);

/** What Windows has no notion of is not asked of its pods. */
const unlessWindows =
  (check: Check): Check =>
  (spec, metadata, minor) =>
    minor >= WINDOWS_SINCE && spec.os?.name === 'windows' ? undefined : check(spec, metadata, minor);

/** A check, the version that brought it, and where a stricter one takes its place. */
interface Rule {
  check: Check;
  since?: number;
  replacedAsOf?: number;
}

/** Each level in the order of ids, as upstream's registry runs them. */
const BASELINE: readonly Rule[] = [
  { check: baseline.appArmorProfile },
  { check: baseline.capabilities, replacedAsOf: 22 },
  { check: baseline.hostNamespaces },
  { check: baseline.hostPathVolumes, replacedAsOf: 0 },
  { check: baseline.hostPorts },
  { check: baseline.hostProbes, since: 34 },
  { check: baseline.privileged },
  { check: unlessOwnUsers(baseline.procMount) },
  { check: baseline.seLinuxOptions },
  { check: baseline.seccompProfile, since: 19, replacedAsOf: 19 },
  { check: baseline.sysctls },
  { check: baseline.windowsHostProcess },
];
const RESTRICTED: readonly Rule[] = [
  { check: unlessWindows(restricted.allowPrivilegeEscalation), since: 8 },
  { check: unlessWindows(restricted.capabilities), since: 22 },
  { check: restricted.volumeTypes },
  { check: unlessOwnUsers(restricted.runAsNonRoot) },
  { check: unlessOwnUsers(restricted.runAsUser), since: 23 },
  { check: unlessWindows(restricted.seccompProfile), since: 19 },
];

function checksOf({ level, version }: Standard): Check[] {
  if (level === 'privileged') return [];
  const minor = minorOf(version);
  const rules =
    level === 'baseline' ? BASELINE : [...BASELINE.filter(({ replacedAsOf }) => replacedAsOf === undefined || minor < replacedAsOf), ...RESTRICTED];
  return rules.filter(({ since = 0 }) => minor >= since).map(({ check }) => check);
}

export const evaluate = (standard: Standard, spec: KubeObject['spec'], metadata: KubeObject['metadata']): Finding[] =>
  checksOf(standard).flatMap((check) => check(spec, metadata, minorOf(standard.version)) ?? []);

export const detailText = (findings: readonly Finding[]): string =>
  findings.map(({ reason, detail }) => (detail ? `${reason} (${detail})` : reason)).join(', ');

export const reasonText = (findings: readonly Finding[]): string => findings.map(({ reason }) => reason).join(', ');

export const standardText = ({ level, version }: Standard): string => `${level}:${version}`;
