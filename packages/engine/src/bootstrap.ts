import { bootstrapObjects } from './bootstrap/index.ts';
import { AGGREGATED_ROLES } from './bootstrap/rbac/aggregated.ts';
import { decodeState, encodeState } from './core/delta.ts';
import { toRfc3339 } from './core/instant.ts';
import type { KubeObject } from './core/object.ts';
import { type ClusterSettings, type ClusterState, emptyState, type Indexer } from './core/state.ts';
import { Txn } from './core/txn.ts';
import { bootstrapNodes } from './kubelet/bootstrap.ts';
import type { WriteContext } from './machinery/machine.ts';
import { createObject } from './machinery/write/create.ts';
import type { Engine } from './settle.ts';
import { step } from './step.ts';

/** The seed of templates: their uids are told from all others by a fixed prefix, so that each cluster made of one gets its own. */
export const TEMPLATE_UID_PREFIX = '00000000-0000-4000-8000-';

export interface ClusterShape {
  /** Workers besides the control plane; 0 is a bare control plane without any node. */
  workers: number;
  timing: ClusterSettings['timing'];
}

const NAMESPACES = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];

/**
 * A fresh cluster at rest: the objects that are there before anybody asked for any. Templates are made of it once,
 * so that a later version of this code changes new clusters and no old ones.
 * @param caCertificate PEM text that every namespace gets in kube-root-ca.crt
 */
export function freshCluster(engine: Engine, seed: string, at: number, shape: ClusterShape, caCertificate: string): ClusterState {
  const txn = new Txn(emptyState(seed, at, { timing: shape.timing }), engine.machine.registry.indexer);
  txn.authorship = { actor: 'system:apiserver', cause: 0 };
  txn.setRuntime('cluster/ca', caCertificate);
  for (const name of NAMESPACES) put(engine, txn, 'core/namespaces', { kind: 'Namespace', apiVersion: 'v1', metadata: { name } });
  if (shape.workers > 0) placeNodes(engine, txn, shape.workers);
  for (const { resource, object } of bootstrapObjects(caCertificate, at)) put(engine, txn, resource, object);
  const names = txn.list('core/namespaces').map((object) => object.metadata.name as string);
  const controllers = ['serviceaccount', 'rootca'].filter((name) => engine.controllers.has(name));
  const queue = names.flatMap((name) => controllers.map((controller) => ({ controller, key: `core/namespaces//${name}`, cause: 0 })));
  for (const { name } of AGGREGATED_ROLES)
    queue.push({ controller: 'clusterroleaggregation', key: `rbac.authorization.k8s.io/clusterroles//${name}`, cause: 0 });
  return atRest(engine, txn.finish(queue).state, at);
}

function placeNodes(engine: Engine, txn: Txn, workers: number): void {
  const { objects, runtime } = bootstrapNodes({ workers, now: txn.now, seed: txn.seed });
  for (const [key, value] of runtime) txn.setRuntime(key, value);
  for (const { resource, object } of objects) put(engine, txn, resource, object);
}

/** Writes an object with its status: bootstrapping knows both. */
function put(engine: Engine, txn: Txn, resource: string, object: KubeObject): void {
  const kind = engine.machine.registry.forResource(resource);
  if (!kind) throw new Error(`no kind is registered for ${resource}`);
  const context: WriteContext = {
    machine: engine.machine,
    txn,
    user: { username: 'system:apiserver', groups: ['system:masters'] },
    manager: 'kube-apiserver',
    dryRun: false,
    warnings: [],
  };
  const created = createObject(context, kind, object, { namespace: object.metadata.namespace ?? '' });
  if (object.status === undefined) return;
  const key = `${resource}/${created.metadata.namespace ?? ''}/${created.metadata.name}`;
  txn.put(key, { ...created, metadata: { ...created.metadata, creationTimestamp: toRfc3339(txn.now) }, status: object.status });
}

/** The same state with uids that are numbered under TEMPLATE_UID_PREFIX. */
export function withTemplateUids(state: ClusterState, indexer: Indexer): ClusterState {
  const chunks = encodeState(state);
  let number = 0;
  const numbered = new Map<string, string>();
  for (const { object } of state.objects.values()) {
    const uid = object.metadata.uid;
    if (uid) numbered.set(uid, TEMPLATE_UID_PREFIX + (++number).toString(16).padStart(12, '0'));
  }
  const rename = (text: string): string => text.replace(UUID, (uid) => numbered.get(uid) ?? uid);
  return decodeState(chunks.map(rename), indexer);
}

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

function atRest(engine: Engine, state: ClusterState, at: number): ClusterState {
  let current = state;
  for (;;) {
    const next = step(engine, current, { at });
    current = next.state;
    if (next.caughtUp) return current;
  }
}
