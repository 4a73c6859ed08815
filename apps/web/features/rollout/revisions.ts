import type { KubeObject } from '#kube/types.ts';

export const revisionAnnotation = 'deployment.kubernetes.io/revision';
const changeCauseAnnotation = 'kubernetes.io/change-cause';
const templateHashLabel = 'pod-template-hash';

export interface PodTemplate {
  metadata?: { labels?: Record<string, string>; annotations?: Record<string, string>; [field: string]: unknown };
  spec?: { containers?: { name: string; image?: string }[]; [field: string]: unknown };
}

export interface Revision {
  number: number;
  replicaSet: KubeObject;
  template: PodTemplate;
  images: string[];
  changeCause?: string;
  createdAt?: string;
  replicas: number;
  ready: number;
  current: boolean;
}

/** The revisions of a Deployment, newest first; each is one of its ReplicaSets. */
export function revisionsOf(deployment: KubeObject, replicaSets: readonly KubeObject[]): Revision[] {
  const owned = replicaSets.filter((rs) => rs.metadata.ownerReferences?.some((owner) => owner.uid === deployment.metadata.uid));
  const wanted = canonical(withoutHash(templateOf(deployment)));
  const current = owned.filter((rs) => canonical(withoutHash(templateOf(rs))) === wanted).sort(byRevision)[0];
  return owned.sort(byRevision).map((replicaSet) => {
    const template = withoutHash(templateOf(replicaSet));
    return {
      number: revisionNumber(replicaSet),
      replicaSet,
      template,
      images: (template.spec?.containers ?? []).map((container) => container.image ?? ''),
      changeCause: replicaSet.metadata.annotations?.[changeCauseAnnotation],
      createdAt: replicaSet.metadata.creationTimestamp,
      replicas: numberIn(replicaSet.status?.replicas),
      ready: numberIn(replicaSet.status?.readyReplicas),
      current: replicaSet === current,
    };
  });
}

export function templateOf(object: KubeObject): PodTemplate {
  return (object.spec?.template ?? {}) as PodTemplate;
}

export function withoutHash(template: PodTemplate): PodTemplate {
  if (template.metadata?.labels?.[templateHashLabel] === undefined) return template;
  const { [templateHashLabel]: _hash, ...labels } = template.metadata.labels;
  return { ...template, metadata: { ...template.metadata, labels } };
}

// Annotations that belong to the Deployment and not to a revision. Models kubectl/pkg/polymorphichelpers/rollback.go annotationsToSkip
const keptAnnotations = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
  revisionAnnotation,
  'deployment.kubernetes.io/revision-history',
  'deployment.kubernetes.io/desired-replicas',
  'deployment.kubernetes.io/max-replicas',
  'deprecated.deployment.rollback.to',
]);

export interface PatchOperation {
  op: 'replace' | 'add';
  path: string;
  value: unknown;
}

/** What `kubectl rollout undo --to-revision` sends: the old template, and the annotations that came with it. */
export function rollbackPatch(deployment: KubeObject, revision: Pick<Revision, 'template' | 'replicaSet'>): PatchOperation[] {
  const annotations: Record<string, string> = {};
  for (const [key, value] of Object.entries(deployment.metadata.annotations ?? {})) if (keptAnnotations.has(key)) annotations[key] = value;
  for (const [key, value] of Object.entries(revision.replicaSet.metadata.annotations ?? {})) if (!keptAnnotations.has(key)) annotations[key] = value;
  return [
    { op: 'replace', path: '/spec/template', value: revision.template },
    { op: deployment.metadata.annotations ? 'replace' : 'add', path: '/metadata/annotations', value: annotations },
  ];
}

/** Puts back the template and annotations the Deployment had, for Undo. */
export function restorePatch(before: KubeObject): PatchOperation[] {
  return [
    { op: 'replace', path: '/spec/template', value: templateOf(before) },
    { op: 'add', path: '/metadata/annotations', value: before.metadata.annotations ?? {} },
  ];
}

export function revisionNumber(object: KubeObject): number {
  return Number(object.metadata.annotations?.[revisionAnnotation] ?? 0) || 0;
}

function byRevision(a: KubeObject, b: KubeObject): number {
  return revisionNumber(b) - revisionNumber(a);
}

function numberIn(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

/** Equal for equal content, whatever the order of keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
