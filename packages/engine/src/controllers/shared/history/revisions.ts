import { parseRfc3339 } from '../../../core/instant.ts';
import { objectKey } from '../../../core/key.ts';
import type { KubeObject } from '../../../core/object.ts';
import { type LabelSelector, selectorMatches } from '../../../kinds/rules/selector.ts';
import { semanticEqual } from '../../../kinds/shared/equal.ts';
import type { Reconcile } from '../../../machinery/controller.ts';
import { resourceOf } from '../../../machinery/kind.ts';
import { ApiError } from '../../../machinery/status.ts';
import { contentHash } from '../hash.ts';
import { CONTROLLER_REVISIONS, type ControllerRevision, type KindName, type Live, type PodTemplate } from '../objects.ts';
import { controllerOf, newControllerRef, withOwner } from '../owners.ts';

// Models pkg/controller/history/controller_history.go: the templates that a set has had, as patches that bring them back.

const RESOURCE = resourceOf(CONTROLLER_REVISIONS);
/** What a set's name leaves room for. */
const PREFIX_MAX = 223;

type Owner = Live<KubeObject>;
type RevisionData = { spec: { template: PodTemplate & { $patch?: string } } };

export const revisionData = (template: PodTemplate): RevisionData => ({ spec: { template: { ...template, $patch: 'replace' } } });

/** The template that a revision keeps. */
export function templateOf(revision: ControllerRevision): PodTemplate {
  const { $patch: _patch, ...template } = (revision.data as unknown as RevisionData).spec.template;
  return template;
}

export const revisionName = (owner: string, hash: string): string => `${owner.slice(0, PREFIX_MAX)}-${hash}`;

const createdAt = ({ metadata }: ControllerRevision): number => parseRfc3339(metadata.creationTimestamp) ?? 0;
const byRevision = (a: ControllerRevision, b: ControllerRevision): number =>
  a.revision - b.revision || createdAt(a) - createdAt(b) || (a.metadata.name < b.metadata.name ? -1 : 1);

/** A set's revisions, oldest first; those that nobody owns are adopted. */
export function claimRevisions({ api, view }: Reconcile, owner: Owner, kind: KindName, selector: LabelSelector): ControllerRevision[] {
  const { uid, namespace, deletionTimestamp } = owner.metadata;
  const own = (view.indexed(RESOURCE, 'owner', uid) as unknown as ControllerRevision[]).filter((revision) => controllerOf(revision)?.uid === uid);
  const loose = (view.indexed(RESOURCE, 'orphan', namespace as string) as unknown as ControllerRevision[]).filter(
    (revision) =>
      deletionTimestamp === undefined && revision.metadata.deletionTimestamp === undefined && selectorMatches(selector, revision.metadata.labels),
  );
  const adopted = loose.map(
    (revision) => api.update(withOwner(revision, newControllerRef(owner, kind)) as KubeObject) as unknown as ControllerRevision,
  );
  return [...own, ...adopted].sort(byRevision);
}

export const nextNumber = (revisions: readonly ControllerRevision[]): number => (revisions.at(-1)?.revision ?? 0) + 1;

export const sameData = (a: unknown, b: unknown): boolean => semanticEqual(a, b);

export interface NewRevision {
  owner: Owner;
  kind: KindName;
  data: RevisionData;
  number: number;
  /** By the hash that it gets. */
  labels: (hash: string) => Record<string, string>;
  collisionCount: number;
}

/** Creates a revision; one that is there already with the same content is taken, one with other content counts as a collision. */
export function createRevision({ api, view }: Reconcile, wanted: NewRevision): { revision: ControllerRevision; collisionCount: number } {
  const { owner, kind, data, number, labels } = wanted;
  for (let { collisionCount } = wanted; ; collisionCount++) {
    const hash = contentHash(data, collisionCount);
    const name = revisionName(owner.metadata.name, hash);
    try {
      const created = api.create(RESOURCE, {
        apiVersion: 'apps/v1',
        kind: CONTROLLER_REVISIONS.kind,
        metadata: {
          name,
          namespace: owner.metadata.namespace as string,
          labels: labels(hash),
          ...(owner.metadata.annotations ? { annotations: { ...owner.metadata.annotations } } : {}),
          ownerReferences: [newControllerRef(owner, kind)],
        },
        data,
        revision: number,
      });
      return { revision: created as unknown as ControllerRevision, collisionCount };
    } catch (error) {
      if (!(error instanceof ApiError) || error.status.reason !== 'AlreadyExists') throw error;
      const known = view.get(objectKey(RESOURCE, owner.metadata.namespace, name)) as unknown as ControllerRevision;
      if (sameData(known.data, data) && controllerOf(known)?.uid === owner.metadata.uid) return { revision: known, collisionCount };
    }
  }
}

export const renumber = ({ api }: Reconcile, revision: ControllerRevision, number: number): ControllerRevision =>
  revision.revision === number ? revision : (api.update({ ...revision, revision: number } as KubeObject) as unknown as ControllerRevision);

export function deleteRevision({ api }: Reconcile, { metadata }: ControllerRevision): void {
  api.delete(objectKey(RESOURCE, metadata.namespace, metadata.name));
}
