import { bootstrapObjects } from './bootstrap/index.ts';
import { controlPlaneLeases, staticPods, systemAddons } from './bootstrap-system/index.ts';
import { workersPool } from './bootstrap-system/workers-pool.ts';
import { manifestKey } from './controllers/staticpod/controller.ts';
import { decodeState, encodeState } from './core/delta.ts';
import { toRfc3339 } from './core/instant.ts';
import { EVENT_TTL_CONTROLLER } from './core/limits.ts';
import type { KubeObject } from './core/object.ts';
import { type ClusterSettings, type ClusterState, emptyState, type Indexer } from './core/state.ts';
import { Txn } from './core/txn.ts';
import { localApiService, servedVersions } from './kinds/apiregistration/apiservices/registration.ts';
import { POOL_RESOURCE } from './kinds/vivakube/nodepools/names.ts';
import { bootstrapNodes } from './kubelet/bootstrap.ts';
import { nodeKey } from './kubelet/keys.ts';
import type { WriteContext } from './machinery/machine.ts';
import { createObject } from './machinery/write/create.ts';
import { type Engine, WorkQueue, wake } from './settle.ts';
import { step } from './step.ts';

/** The seed of templates: their uids are told from all others by a fixed prefix, so that each cluster made of one gets its own. */
export const TEMPLATE_UID_PREFIX = '00000000-0000-4000-8000-';

export interface ClusterShape {
  /** Workers besides the control plane; 0 is a bare control plane without any node. */
  workers: number;
  /** Nodes that the control plane runs on: one, or three that make a quorum. */
  controlPlanes?: 1 | 3;
  timing: ClusterSettings['timing'];
  /** Whether kube-system holds what runs a cluster: DNS, the proxy, the network, metrics and the control plane's own pods. */
  system?: boolean;
}

const NAMESPACES = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];

/**
 * A fresh cluster at rest: the objects that are there before anybody asked for any. Templates are made of it once,
 * so that a later version of this code changes new clusters and no old ones.
 * @param caCertificate PEM text that every namespace gets in kube-root-ca.crt
 */
export function freshCluster(engine: Engine, seed: string, at: number, shape: ClusterShape, caCertificate: string): ClusterState {
  const { workers, controlPlanes = 1 } = shape;
  const nodes = workers > 0 ? bootstrapNodes({ workers, controlPlanes, now: at, seed }) : { objects: [], runtime: [] };
  const isControlPlane = (name: string | undefined): boolean => name?.startsWith('vivakube-control-plane') ?? false;
  const masters = nodes.objects.filter(({ resource, object }) => resource === 'core/nodes' && isControlPlane(object.metadata.name));
  const names = masters.map(({ object }) => object.metadata.name as string);
  // The control plane comes first and its workers join it, so that what is installed once is found where it usually is.
  let state = change(engine, emptyState(seed, at, { timing: 'instant' }), (txn) => {
    txn.setRuntime('cluster/ca', caCertificate);
    for (const [key, value] of nodes.runtime) if (shape.system === false || names.some((name) => key === nodeKey(name))) txn.setRuntime(key, value);
    for (const name of NAMESPACES) put(engine, txn, 'core/namespaces', { kind: 'Namespace', apiVersion: 'v1', metadata: { name } });
    for (const { resource, object } of nodes.objects)
      if (isControlPlane(object.metadata.name)) put(engine, txn, resource, owned(txn, resource, object));
    const addresses = masters.map(({ object }) => object.status?.addresses?.[0]?.address as string);
    for (const { resource, object } of bootstrapObjects(caCertificate, at, addresses)) put(engine, txn, resource, object);
    for (const kind of servedVersions(engine.machine.registry.kinds, shape.system === false).values())
      put(engine, txn, 'apiregistration.k8s.io/apiservices', localApiService(kind));
  });
  if (names.length > 0 && shape.system !== false) {
    state = change(engine, state, (txn) => install(engine, txn, names));
    state = change(engine, state, (txn) => put(engine, txn, POOL_RESOURCE, workersPool(shape.workers)));
  } else {
    state = change(engine, state, (txn) => {
      for (const { resource, object } of nodes.objects)
        if (!isControlPlane(object.metadata.name)) put(engine, txn, resource, owned(txn, resource, object));
    });
  }
  return atRest(engine, { ...quiet(engine, state), settings: { timing: shape.timing } }, at);
}

/** A lease goes with its node, which comes first. */
function owned(txn: Txn, resource: string, object: KubeObject): KubeObject {
  const { name } = object.metadata;
  const uid = resource === 'coordination.k8s.io/leases' ? txn.get(`core/nodes//${name}`)?.metadata.uid : undefined;
  if (uid === undefined) return object;
  return { ...object, metadata: { ...object.metadata, ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name: name as string, uid }] } };
}

/** Writes something and lets the controllers do what follows from it. */
function change(engine: Engine, state: ClusterState, what: (txn: Txn) => void): ClusterState {
  const txn = new Txn(state, engine.machine.registry.indexer);
  const queue = new WorkQueue([]);
  txn.onEvent = (event) => wake(engine, txn, queue, event);
  txn.authorship = { actor: 'system:apiserver', cause: 0 };
  what(txn);
  return atRest(engine, txn.finish(queue.rest()).state, state.now);
}

function install(engine: Engine, txn: Txn, names: readonly string[]): void {
  for (const { resource, object } of [...systemAddons(), ...controlPlaneLeases(names, txn.seed, txn.now)]) put(engine, txn, resource, object);
  const nodes = names.map((name) => txn.get(`core/nodes//${name}`) as KubeObject);
  for (const pod of staticPods(nodes, txn.seed, toRfc3339(txn.now))) {
    const key = `core/pods/kube-system/${pod.metadata.name}`;
    txn.setRuntime(manifestKey(key), pod);
    put(engine, txn, 'core/pods', pod);
  }
}

/** Nobody was there to hear of it: without the Events of the making. */
function quiet(engine: Engine, state: ClusterState): ClusterState {
  const txn = new Txn(state, engine.machine.registry.indexer);
  for (const { metadata } of txn.list('core/events')) txn.remove(`core/events/${metadata.namespace}/${metadata.name}`);
  for (const { controller, key } of state.timers.values()) if (controller === EVENT_TTL_CONTROLLER) txn.setTimer(controller, key, undefined);
  return txn.finish([]).state;
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
    weighs: false,
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
