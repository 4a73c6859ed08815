import type { ClusterEvent } from '../../core/event.ts';
import type { Instant } from '../../core/instant.ts';
import { equalJson } from '../../core/json.ts';
import { objectKey, splitKey } from '../../core/key.ts';
import { NODES_MAX } from '../../core/limits.ts';
import type { KubeObject } from '../../core/object.ts';
import type { View } from '../../core/txn.ts';
import { ownValue } from '../../kinds/shared/fields.ts';
import type { NodeObject } from '../../kinds/shared/pod.ts';
import { nodeName, POOL_LABEL, POOL_RESOURCE } from '../../kinds/vivakube/nodepools/names.ts';
import { defineController, type Reconcile } from '../../machinery/controller.ts';
import { letIn } from './join.ts';
import { abandon, addNode, awaited, removeNode, replacementAt } from './machines.ts';

function keysOfNode({ stored, previous }: ClusterEvent): string[] {
  const names = [stored.object, previous?.object].map((node) => ownValue(node?.metadata.labels, POOL_LABEL));
  return [...new Set(names.filter((name) => name !== undefined))].map((name) => objectKey(POOL_RESOURCE, '', name));
}

/** Keeps as many simulated nodes as a pool says, in the shape that it says. */
export const nodePoolController = defineController({
  name: 'nodepool',
  component: 'nodepool-controller',
  manager: 'vivakube-nodepool',
  watches: [
    { resource: POOL_RESOURCE, keys: ({ key }) => [key] },
    { resource: 'core/nodes', keys: keysOfNode },
  ],
  reconcile: (context): Instant | undefined => {
    const { view, key } = context;
    const pool = view.get(key);
    const nodes = nodesOf(view, splitKey(key).name);
    const wanted: number = pool && !pool.metadata.deletionTimestamp ? (pool.spec.count ?? 1) : 0;
    const replaced = pool && nodes.length < wanted ? grow(context, pool, nodes, wanted) : undefined;
    if (nodes.length > wanted) shrink(context, pool, nodes, wanted);
    for (const name of awaited(view, splitKey(key).name).slice(Math.max(0, wanted - nodes.length))) abandon(context, name);
    const joins = letIn(context, nodesOf(view, splitKey(key).name));
    if (pool) report(context, pool);
    const next = [replaced, joins].filter((at) => at !== undefined);
    return next.length > 0 ? Math.min(...next) : undefined;
  },
});

const nodesOf = (view: View, pool: string): NodeObject[] =>
  (view.list('core/nodes') as NodeObject[]).filter(({ metadata }) => !metadata.deletionTimestamp && ownValue(metadata.labels, POOL_LABEL) === pool);

/** Adds what is missing; the instant at which the next machine of a deleted node is replaced. */
function grow(context: Reconcile, pool: KubeObject, nodes: readonly NodeObject[], wanted: number): Instant | undefined {
  const { view, record, now } = context;
  let next: Instant | undefined;
  let missing = wanted - nodes.length;
  for (let number = 1; missing > 0; number++) {
    const name = nodeName(pool, number);
    if (view.stored(objectKey('core/nodes', '', name))) continue;
    const replacedAt = replacementAt(context, name);
    if (replacedAt > now) {
      next = Math.min(next ?? replacedAt, replacedAt);
      missing--;
      continue;
    }
    if (view.runtimeKeys('node/').length > NODES_MAX) {
      record(pool, 'Warning', 'NodeLimitReached', `A cluster may have at most ${NODES_MAX} simulated workers`);
      return next;
    }
    addNode(context, pool, name);
    record(pool, 'Normal', 'NodeAdded', `Added node ${name}`);
    missing--;
  }
  return next;
}

/** Those that came last go first. */
function shrink(context: Reconcile, pool: KubeObject | undefined, nodes: readonly NodeObject[], wanted: number): void {
  const byNumber = [...nodes].sort((a, b) => numberOf(b) - numberOf(a));
  for (const { metadata } of byNumber.slice(0, nodes.length - wanted)) {
    removeNode(context, metadata.name as string);
    if (pool) context.record(pool, 'Normal', 'NodeRemoved', `Removed node ${metadata.name}`);
  }
}

const numberOf = ({ metadata }: NodeObject): number => Number(/\d+$/.exec(metadata.name as string)?.[0] ?? 1);

function report({ api, view, key }: Reconcile, { metadata }: KubeObject): void {
  const pool = view.get(key);
  if (!pool) return;
  const nodes = nodesOf(view, metadata.name as string);
  const readyNodes = nodes.filter((node) => node.status?.conditions?.some((c) => c.type === 'Ready' && c.status === 'True')).length;
  const status = { ...pool.status, nodes: nodes.length, readyNodes, selector: `${POOL_LABEL}=${metadata.name}` };
  if (!equalJson(status, pool.status)) api.updateStatus({ ...pool, status });
}
