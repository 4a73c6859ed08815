import type { Instant } from '../../../core/instant.ts';
import { splitKey } from '../../../core/key.ts';
import type { KubeObject } from '../../../core/object.ts';
import { selectorMatches } from '../../../kinds/rules/selector.ts';
import { type Controller, controllerRef, mapped, owned, type Reconcile, type Watch } from '../../../machinery/controller.ts';
import { resourceOf } from '../../../machinery/kind.ts';
import { matcher } from '../matcher.ts';
import { CONTROLLER_MANAGER, type KindName, type Live, PODS, type Pod } from '../objects.ts';
import { controllerOf } from '../owners.ts';
import { forgetFailures, retryAfterFailure } from '../retry.ts';
import { earliest } from '../time.ts';
import { selfButOwnReports } from '../watches.ts';
import { manageReplicas } from './manage.ts';
import type { Replicas } from './replicas.ts';
import { replicaStatus } from './status.ts';
import { claimPods, survey } from './survey.ts';

/** A kind that keeps a number of pods of one template. Models the ReplicaSetController that pkg/controller/replication reuses. */
export interface ReplicaKind {
  name: string;
  component: string;
  kind: KindName;
  replicasOf(object: Live<KubeObject>): Replicas;
  reportsTerminating: boolean;
}

/** A pod without a controller wakes everything that could adopt it, when it appears or when its labels or owners change. */
function orphans({ kind, replicasOf }: ReplicaKind): Watch {
  return mapped(PODS, (event, view) => {
    const pod = event.stored.object;
    const before = event.previous?.object;
    if (event.type === 'DELETED' || controllerRef(pod) || !pod.metadata.labels) return [];
    if (before && before.metadata.labels === pod.metadata.labels && before.metadata.ownerReferences === pod.metadata.ownerReferences) return [];
    const { namespace } = splitKey(event.key);
    return view
      .list(resourceOf(kind), namespace)
      .filter((object) => selectorMatches(replicasOf(object as Live<KubeObject>).selector, pod.metadata.labels))
      .map((object) => `${resourceOf(kind)}/${namespace}/${object.metadata.name}`);
  });
}

/** Pods of every set under the same owner. Models getIndirectlyRelatedPods: a set without an owner has none. */
function relatedPods({ view }: Reconcile, kind: KindName, owner: Live<KubeObject>): Pod[] {
  const above = controllerOf(owner);
  if (!above) return [];
  return view
    .indexed(resourceOf(kind), 'owner', above.uid)
    .flatMap((sibling) => view.indexed('core/pods', 'owner', sibling.metadata.uid as string) as unknown as Pod[]);
}

function reconcile(context: Reconcile, what: ReplicaKind): Instant | undefined {
  const { key, view, api, now } = context;
  const stored = view.get(key);
  if (!stored) {
    forgetFailures(context, what.name);
    return undefined;
  }
  const owner = stored as Live<KubeObject>;
  const replicas = what.replicasOf(owner);
  const matches = matcher(replicas.selector);
  const before = view.revision;
  let seen = survey(view, owner.metadata.uid, matches);
  const active = claimPods(api, view, owner, what.kind, matches, seen);
  const related = (): Pod[] => relatedPods(context, what.kind, owner);
  const failure = owner.metadata.deletionTimestamp ? undefined : manageReplicas(context, what.kind, replicas, active, related);
  if (view.revision !== before) seen = survey(view, owner.metadata.uid, matches);
  const { status, nextAvailableAt } = replicaStatus(
    {
      generation: owner.metadata.generation ?? 0,
      minReadySeconds: replicas.minReadySeconds,
      templateLabels: replicas.template.metadata?.labels ?? {},
      active: seen.active,
      terminatingCount: what.reportsTerminating ? seen.terminatingCount : undefined,
      failure,
      conditions: owner.status?.conditions ?? [],
    },
    now,
  );
  api.updateStatus({ ...owner, status });
  if (failure) return earliest(nextAvailableAt, retryAfterFailure(context, what.name));
  forgetFailures(context, what.name);
  return nextAvailableAt;
}

export const replicaController = (what: ReplicaKind): Controller => ({
  name: what.name,
  component: what.component,
  manager: CONTROLLER_MANAGER,
  watches: [selfButOwnReports(what.kind, what.component), owned(PODS, what.kind), orphans(what)],
  reconcile: (context) => reconcile(context, what),
});
