import type { KubeObject } from '../../core/object.ts';
import type { Reconcile } from '../../machinery/controller.ts';
import { claimRevisions, createRevision, deleteRevision, renumber, revisionData, sameData } from '../shared/history/revisions.ts';
import { type ControllerRevision, DAEMON_SETS, type DaemonSet, type Live, type Pod } from '../shared/objects.ts';
import { HASH_LABEL } from './template.ts';

export interface History {
  current: ControllerRevision;
  old: readonly ControllerRevision[];
  hash: string;
  collisionCount: number;
}

/** Models constructHistory in pkg/controller/daemon/update.go. */
export function historyOf(context: Reconcile, set: DaemonSet): History {
  const owner = set as unknown as Live<KubeObject>;
  const data = revisionData(set.spec.template);
  const all = claimRevisions(context, owner, DAEMON_SETS, set.spec.selector);
  const known = all.filter((revision) => sameData(revision.data, data)).at(-1);
  const old = all.filter((revision) => revision !== known);
  const number = (old.at(-1)?.revision ?? 0) + 1;
  const before = set.status?.collisionCount ?? 0;
  const labels = (hash: string) => ({ ...set.spec.template.metadata?.labels, [HASH_LABEL]: hash });
  const { revision: current, collisionCount } = known
    ? { revision: known.revision < number ? renumber(context, known, number) : known, collisionCount: before }
    : createRevision(context, { owner, kind: DAEMON_SETS, data, number, labels, collisionCount: before });
  return { current, old, hash: current.metadata.labels?.[HASH_LABEL] ?? current.metadata.name, collisionCount };
}

/** Oldest first, beyond the limit, and never one that a pod still has. Models cleanupHistory. */
export function cleanUpHistory(context: Reconcile, set: DaemonSet, { old }: History, pods: readonly Pod[]): void {
  let excess = old.length - (set.spec.revisionHistoryLimit ?? 10);
  const live = new Set(pods.map((pod) => pod.metadata.labels?.[HASH_LABEL]));
  for (const revision of old) {
    if (excess <= 0) return;
    if (live.has(revision.metadata.labels?.[HASH_LABEL])) continue;
    deleteRevision(context, revision);
    excess--;
  }
}
