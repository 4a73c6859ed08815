import type { KubeObject } from '../../core/object.ts';
import type { Reconcile } from '../../machinery/controller.ts';
import { claimRevisions, createRevision, deleteRevision, nextNumber, renumber, revisionData, sameData } from '../shared/history/revisions.ts';
import { type ControllerRevision, type Live, type Pod, STATEFUL_SETS, type StatefulSet } from '../shared/objects.ts';
import { revisionOf } from './identity.ts';

const HASH_LABEL = 'controller.kubernetes.io/hash';

export interface Revisions {
  all: readonly ControllerRevision[];
  current: ControllerRevision;
  update: ControllerRevision;
  collisionCount: number;
}

/** What a report says of revisions. */
export interface Named {
  current: { metadata: { name: string } };
  update: { metadata: { name: string } };
  collisionCount: number;
}

/** The revision of the set's template: known and latest, known and brought to the front again, or new. */
function updateRevision(
  context: Reconcile,
  set: StatefulSet,
  all: readonly ControllerRevision[],
): { revision: ControllerRevision; collisionCount: number } {
  const collisionCount = set.status?.collisionCount ?? 0;
  const data = revisionData(set.spec.template);
  const known = all.filter((revision) => sameData(revision.data, data)).at(-1);
  if (known) return { revision: known === all.at(-1) ? known : renumber(context, known, nextNumber(all)), collisionCount };
  return createRevision(context, {
    owner: set as unknown as Live<KubeObject>,
    kind: STATEFUL_SETS,
    data,
    number: nextNumber(all),
    labels: (hash) => ({ ...set.spec.template.metadata?.labels, [HASH_LABEL]: hash }),
    collisionCount,
  });
}

/** Models getStatefulSetRevisions in pkg/controller/statefulset/stateful_set_control.go. */
export function revisionsOf(context: Reconcile, set: StatefulSet): Revisions {
  const all = claimRevisions(context, set as unknown as Live<KubeObject>, STATEFUL_SETS, set.spec.selector);
  const { revision: update, collisionCount } = updateRevision(context, set, all);
  const current = all.find(({ metadata }) => metadata.name === set.status?.currentRevision) ?? update;
  return { all, current: current.metadata.name === update.metadata.name ? update : current, update, collisionCount };
}

/** Of a set that goes, as it last reported them: its history goes as well, and none is made anew. */
export function reportedRevisions({ status }: StatefulSet): Named {
  const named = (name = ''): Named['current'] => ({ metadata: { name } });
  return { current: named(status?.currentRevision), update: named(status?.updateRevision), collisionCount: status?.collisionCount ?? 0 };
}

/** Models truncateHistory: revisions in use do not count, and a negative limit is none. */
export function truncateHistory(
  context: Reconcile,
  set: StatefulSet,
  { all, update }: Revisions,
  current: string | undefined,
  pods: readonly Pod[],
): void {
  const { revisionHistoryLimit: limit = 10 } = set.spec;
  if (limit < 0) return;
  const live = new Set([current, update.metadata.name, ...pods.map(revisionOf)]);
  const idle = all.filter(({ metadata }) => !live.has(metadata.name));
  for (const revision of idle.slice(0, Math.max(0, idle.length - limit))) deleteRevision(context, revision);
}
