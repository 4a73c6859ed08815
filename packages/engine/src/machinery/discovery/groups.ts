import type { KindDefinition } from '../kind.ts';

/** The order of kube-apiserver's group priorities; others follow by name. Models cmd/kube-apiserver/app/aggregator.go. */
const GROUP_ORDER: readonly string[] = [
  '',
  'apiregistration.k8s.io',
  'apps',
  'events.k8s.io',
  'authentication.k8s.io',
  'authorization.k8s.io',
  'autoscaling',
  'batch',
  'certificates.k8s.io',
  'networking.k8s.io',
  'policy',
  'rbac.authorization.k8s.io',
  'storage.k8s.io',
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'scheduling.k8s.io',
  'coordination.k8s.io',
  'node.k8s.io',
  'discovery.k8s.io',
  'resource.k8s.io',
  'flowcontrol.apiserver.k8s.io',
];

export interface ServedVersion {
  version: string;
  kinds: KindDefinition[];
}

export interface ServedGroup {
  name: string;
  /** The preferred one first. */
  versions: ServedVersion[];
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const rank = (group: string): number => {
  const at = GROUP_ORDER.indexOf(group);
  return at < 0 ? GROUP_ORDER.length : at;
};

/** Kinds by group and version, in the order in which clients should prefer them. */
export function groupsOf(kinds: readonly KindDefinition[]): ServedGroup[] {
  const groups = new Map<string, Map<string, KindDefinition[]>>();
  for (const kind of kinds) {
    const versions = groups.get(kind.group) ?? new Map<string, KindDefinition[]>();
    groups.set(kind.group, versions);
    versions.set(kind.version, [...(versions.get(kind.version) ?? []), kind]);
  }
  return [...groups]
    .sort(([a], [b]) => rank(a) - rank(b) || byText(a, b))
    .map(([name, versions]) => ({
      name,
      versions: [...versions]
        .sort(([a], [b]) => compareVersions(a, b))
        .map(([version, list]) => ({ version, kinds: list.sort((a, b) => byText(a.plural, b.plural)) })),
    }));
}

const STABILITY = ['alpha', 'beta', ''];

/** GA before beta before alpha, then the higher number first. Models k8s.io/apimachinery/pkg/version/helpers.go. */
export function compareVersions(a: string, b: string): number {
  const [first, second] = [parseVersion(a), parseVersion(b)];
  if (first === undefined || second === undefined) return first ? -1 : second ? 1 : byText(a, b);
  return second.stability - first.stability || second.major - first.major || second.minor - first.minor;
}

function parseVersion(text: string): { major: number; stability: number; minor: number } | undefined {
  const parts = /^v([1-9]\d*)(?:(alpha|beta)([1-9]\d*))?$/.exec(text);
  return parts ? { major: Number(parts[1]), stability: STABILITY.indexOf(parts[2] ?? ''), minor: Number(parts[3] ?? 0) } : undefined;
}
