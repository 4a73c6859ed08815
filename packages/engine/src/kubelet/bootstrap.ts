import { type Instant, toRfc3339Micro } from '../core/instant.ts';
import type { ResourceName } from '../core/key.ts';
import type { KubeObject } from '../core/object.ts';
import type { Plain } from '../core/state.ts';
import { nodeKey } from './keys.ts';
import { type NodeShape, nodeObject } from './node.ts';

export interface BootstrapOptions {
  workers: number;
  controlPlanes: number;
  now: Instant;
  seed: string;
}

export interface Bootstrap {
  objects: { resource: ResourceName; object: KubeObject }[];
  runtime: [key: string, value: Plain][];
}

/** Names as kind gives them: no number on the first worker. */
export function nodeShapes(workers: number, controlPlanes: number): NodeShape[] {
  const named = (role: NodeShape['role'], count: number, firstIndex: number): NodeShape[] =>
    Array.from({ length: count }, (_, i) => ({ name: `vivakube-${role}${i === 0 ? '' : i + 1}`, role, index: firstIndex + i }));
  return [...named('control-plane', controlPlanes, 0), ...named('worker', workers, controlPlanes)];
}

/** Nodes, their leases and what makes their kubelets run. */
export function bootstrapNodes({ workers, controlPlanes, now, seed }: BootstrapOptions): Bootstrap {
  const made: Bootstrap = { objects: [], runtime: [] };
  for (const shape of nodeShapes(workers, controlPlanes)) {
    made.objects.push({ resource: 'core/nodes', object: nodeObject(shape, seed, now) });
    made.objects.push({ resource: 'coordination.k8s.io/leases', object: leaseObject(shape.name, now) });
    made.runtime.push([nodeKey(shape.name), { index: shape.index, since: now }]);
  }
  return made;
}

/** @param uid the node's, where that is known: its lease goes with it */
export const leaseObject = (name: string, now: Instant, uid?: string): KubeObject => ({
  kind: 'Lease',
  apiVersion: 'coordination.k8s.io/v1',
  metadata: {
    name,
    namespace: 'kube-node-lease',
    ...(uid === undefined ? {} : { ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name, uid }] }),
  },
  spec: { holderIdentity: name, leaseDurationSeconds: 40, renewTime: toRfc3339Micro(now) },
});
