import type { Deployment, ReplicaSet } from '../shared/objects.ts';
import { desiredOf, maxSurge } from './fenceposts.ts';

// Models the annotation helpers of pkg/controller/deployment/util/deployment_util.go.
const PREFIX = 'deployment.kubernetes.io/';
export const REVISION = `${PREFIX}revision`;
export const REVISION_HISTORY = `${PREFIX}revision-history`;
export const DESIRED_REPLICAS = `${PREFIX}desired-replicas`;
export const MAX_REPLICAS = `${PREFIX}max-replicas`;
export const ROLLBACK_TO = 'deprecated.deployment.rollback.to';
const HISTORY_CHARS_MAX = 2000;

const NOT_COPIED = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
  REVISION,
  REVISION_HISTORY,
  DESIRED_REPLICAS,
  MAX_REPLICAS,
  ROLLBACK_TO,
]);

type Annotations = Record<string, string>;
type Annotated = { metadata: { annotations?: Annotations } };

export const annotation = ({ metadata: { annotations } }: Annotated, name: string): string | undefined =>
  annotations && Object.hasOwn(annotations, name) ? annotations[name] : undefined;

/** A whole number, or undefined for what is none or beyond any size. */
export function numberAnnotation(object: Annotated, name: string): number | undefined {
  const text = annotation(object, name);
  const number = text !== undefined && /^[+-]?\d+$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(number) ? number : undefined;
}

const SIZE_MAX = 2 ** 31 - 1;

/** How many replicas an annotation says. */
export function sizeAnnotation(object: Annotated, name: string): number | undefined {
  const size = numberAnnotation(object, name);
  return size !== undefined && Math.abs(size) <= SIZE_MAX ? size : undefined;
}

export const revisionOf = (object: Annotated): number => numberAnnotation(object, REVISION) ?? 0;

export const maxRevision = (sets: readonly ReplicaSet[]): number => sets.reduce((max, set) => Math.max(max, revisionOf(set)), 0);

/** The oldest revisions go when the list grows too long. */
function extendHistory(history: string, oldRevision: string): string {
  if (history === '') return oldRevision;
  const revisions = history.split(',');
  let chars = history.length + oldRevision.length + 1;
  let start = 0;
  for (; chars > HISTORY_CHARS_MAX && start < revisions.length; start++) chars -= (revisions[start] as string).length + 1;
  return chars <= HISTORY_CHARS_MAX ? [...revisions.slice(start), oldRevision].join(',') : history;
}

function copied(from: Annotations | undefined): Annotations {
  return Object.fromEntries(Object.entries(from ?? {}).filter(([key]) => !NOT_COPIED.has(key)));
}

/** What a Deployment keeps of its own, and what comes back with a set. Models SetDeploymentAnnotationsTo. */
export const rolledBackAnnotations = (own: Annotations | undefined, ofSet: Annotations | undefined): Annotations => ({
  ...Object.fromEntries(Object.entries(own ?? {}).filter(([key]) => NOT_COPIED.has(key))),
  ...copied(ofSet),
});

export const replicasAnnotations = (deployment: Deployment): Annotations => ({
  [DESIRED_REPLICAS]: String(desiredOf(deployment)),
  [MAX_REPLICAS]: String(desiredOf(deployment) + maxSurge(deployment)),
});

/** What a Deployment's current ReplicaSet carries. Models SetNewReplicaSetAnnotations. */
export function newSetAnnotations(deployment: Deployment, existing: ReplicaSet | undefined, revision: number): Annotations {
  const before = existing?.metadata.annotations ?? {};
  const after: Annotations = { ...before, ...copied(deployment.metadata.annotations) };
  const oldRevision = existing && annotation(existing, REVISION);
  if (oldRevision && numberAnnotation(existing, REVISION) === undefined) return after;
  if (Number(oldRevision ?? 0) < revision) {
    after[REVISION] = String(revision);
    if (oldRevision) after[REVISION_HISTORY] = extendHistory(before[REVISION_HISTORY] ?? '', oldRevision);
  }
  return existing ? after : { ...after, ...replicasAnnotations(deployment) };
}

export function sameAnnotations(a: Annotations | undefined, b: Annotations | undefined): boolean {
  const left = Object.entries(a ?? {});
  return left.length === Object.keys(b ?? {}).length && left.every(([key, value]) => b !== undefined && Object.hasOwn(b, key) && b[key] === value);
}

export const withAnnotations = <T extends Annotated>(object: T, annotations: Annotations): T => ({
  ...object,
  metadata: { ...object.metadata, annotations: { ...object.metadata.annotations, ...annotations } },
});
