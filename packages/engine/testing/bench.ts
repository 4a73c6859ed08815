import { type Instant, toRfc3339 } from '../src/core/instant.ts';
import type { KubeObject } from '../src/core/object.ts';
import { type ClusterState, emptyState } from '../src/core/state.ts';
import { Txn } from '../src/core/txn.ts';
import { controllerRevision } from '../src/kinds/apps/controllerrevisions/kind.ts';
import { deployment } from '../src/kinds/apps/deployments/kind.ts';
import { replicaSet } from '../src/kinds/apps/replicasets/kind.ts';
import { configMap } from '../src/kinds/core/configmaps/kind.ts';
import { event } from '../src/kinds/core/events/kind.ts';
import { namespace } from '../src/kinds/core/namespaces/kind.ts';
import { node } from '../src/kinds/core/nodes/kind.ts';
import { pod } from '../src/kinds/core/pods/kind.ts';
import { serviceAccount } from '../src/kinds/core/serviceaccounts/kind.ts';
import { validateObjectMeta, validateObjectMetaUpdate } from '../src/kinds/shared/metadata.ts';
import type { Controller, DeleteOptions } from '../src/machinery/controller.ts';
import type { KindDefinition } from '../src/machinery/kind.ts';
import type { Machine, WriteContext } from '../src/machinery/machine.ts';
import { Registry } from '../src/machinery/registry.ts';
import { createObject } from '../src/machinery/write/create.ts';
import { removeObject } from '../src/machinery/write/remove.ts';
import { updateObject } from '../src/machinery/write/update.ts';
import { assemble, type Engine, newBudget, settle, WorkQueue, wake } from '../src/settle.ts';

const KINDS = [controllerRevision, deployment, replicaSet, configMap, event, namespace, node, pod, serviceAccount] as unknown as KindDefinition[];

export const START = 1_767_225_600_000;

export interface BenchOptions {
  kinds?: readonly KindDefinition[];
  admission?: Machine['admission'];
  /** How many instants may pass in one go before it counts as a loop. */
  roundsMax?: number;
}

/** Some controllers alone with the API machinery: no scheduler, no kubelet; what those would do, a test does by hand. */
export class Bench {
  state: ClusterState = emptyState('bench', START, { timing: 'realistic' });
  now: Instant = START;
  private readonly engine: Engine;

  constructor(
    controllers: readonly Controller[],
    private readonly options: BenchOptions = {},
  ) {
    const registry = new Registry([...KINDS, ...(options.kinds ?? [])]);
    const machine: Machine = {
      registry,
      kinds: () => registry,
      actions: new Map(),
      metadata: {
        validate: (meta, kind) => validateObjectMeta(meta, { namespaced: kind.scope === 'Namespaced', nameRule: kind.nameRule }),
        validateUpdate: (meta, old) => validateObjectMetaUpdate(meta, old),
      },
      admission: options.admission ?? [],
    };
    this.engine = assemble(machine, controllers);
    this.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default' } });
  }

  /** One unit of work: what is due until now, then the change, then what both set in motion. */
  private work<T>(what: (txn: Txn) => T): T {
    const txn = new Txn(this.state, this.engine.machine.registry.indexer);
    const queue = new WorkQueue(this.state.queue);
    txn.onEvent = (event) => wake(this.engine, txn, queue, event);
    this.catchUp(txn, queue);
    if (txn.now < this.now) txn.advance(this.now);
    const result = what(txn);
    this.catchUp(txn, queue);
    this.state = txn.finish(queue.rest()).state;
    return result;
  }

  private catchUp(txn: Txn, queue: WorkQueue): void {
    let rounds = 0;
    const rest = (): void => {
      while (!settle(this.engine, txn, queue, newBudget())) if (++rounds > 100) throw new Error('controllers do not come to rest');
    };
    rest();
    for (let due = txn.nextDue(); due !== undefined && due <= this.now; due = txn.nextDue()) {
      if (++rounds > (this.options.roundsMax ?? 10_000)) throw new Error('timers do not come to rest');
      if (due > txn.now) txn.advance(due);
      for (let timer = txn.takeDue(txn.now); timer; timer = txn.takeDue(txn.now)) queue.add(timer.controller, timer.key, 0);
      rest();
    }
  }

  private write<T>(what: (context: WriteContext) => T): T {
    const user = { username: 'test', groups: ['system:masters'] };
    return this.work((txn) => what({ machine: this.engine.machine, txn, user, manager: 'test', dryRun: false, weighs: true, warnings: [] }));
  }

  private kindFor(object: KubeObject): KindDefinition {
    const kind = this.engine.machine.registry.forKind(object.apiVersion, object.kind);
    if (!kind) throw new Error(`no kind ${object.apiVersion} ${object.kind}`);
    return kind;
  }

  advance(ms: number): this {
    this.now += ms;
    this.work(() => undefined);
    return this;
  }

  create(object: KubeObject): KubeObject {
    const kind = this.kindFor(object);
    return this.write((context) =>
      createObject(context, kind, object, { namespace: kind.scope === 'Namespaced' ? (object.metadata.namespace ?? 'default') : '' }),
    );
  }

  change(key: string, how: (object: KubeObject) => KubeObject, subresource = ''): KubeObject {
    const old = this.get(key);
    if (!old) throw new Error(`nothing at ${key}`);
    return this.write((context) => updateObject(context, this.kindFor(old), key, how(old), { subresource }));
  }

  remove(key: string, options: DeleteOptions = {}): void {
    this.write((context) => removeObject(context, this.kindFor(this.get(key) as KubeObject), key, options));
  }

  get(key: string): KubeObject | undefined {
    return this.state.objects.get(key)?.object;
  }

  list(resource: string, namespace = 'default'): KubeObject[] {
    return [...this.state.objects.values(namespace ? `${resource}/${namespace}/` : `${resource}/`)].map(({ object }) => object);
  }

  names(resource: string): string[] {
    return this.list(resource).map((object) => object.metadata.name as string);
  }

  /** What Events say, in the order they were first recorded: `reason: message`. */
  said(): string[] {
    const events = [...this.state.objects.values('core/events/')].sort((a, b) => Number(a.object.metadata.uid === '') || a.revision - b.revision);
    return events.map(({ object }) => `${object.reason}: ${object.message}`);
  }

  /** Failures of controllers that were isolated to a key. */
  failures(): string[] {
    return [...this.state.runtime.entries('failure/')].map(([key, value]) => `${key} ${JSON.stringify(value)}`);
  }

  /** What a kubelet would: every pod that is wanted runs and is ready, or only those that are picked. */
  runPods(pick: (pod: KubeObject) => boolean = () => true): this {
    for (const pod of this.list('core/pods', '')) {
      if (pod.metadata.deletionTimestamp || pod.status?.phase === 'Running' || !pick(pod)) continue;
      const ready = { type: 'Ready', status: 'True', lastTransitionTime: toRfc3339(this.now) };
      this.change(keyOf(pod), (old) => ({ ...old, status: { ...old.status, phase: 'Running', conditions: [ready] } }), 'status');
    }
    return this;
  }

  /** What a kubelet would: pods that were asked to stop are gone. */
  stopPods(): this {
    for (const pod of this.list('core/pods', '')) if (pod.metadata.deletionTimestamp) this.remove(keyOf(pod), { gracePeriodSeconds: 0 });
    return this;
  }
}

const keyOf = ({ metadata }: KubeObject): string => `core/pods/${metadata.namespace}/${metadata.name}`;

export const bench = (controllers: readonly Controller[], options?: BenchOptions): Bench => new Bench(controllers, options);
