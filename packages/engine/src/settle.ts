import type { ClusterEvent, EventType } from './core/event.ts';
import type { Instant } from './core/instant.ts';
import type { ResourceName } from './core/key.ts';
import { INSTANT_ROUNDS_MAX, RETRY_BASE_MS, RETRY_MAX_MS, STEP_RECONCILES_MAX } from './core/limits.ts';
import type { QueueItem } from './core/state.ts';
import { whole } from './core/text.ts';
import type { Txn } from './core/txn.ts';
import { ControllerClient } from './machinery/client.ts';
import type { Controller, Watch } from './machinery/controller.ts';
import type { Machine } from './machinery/machine.ts';

/** Everything that runs a cluster: the machinery and the controllers on top of it. */
export interface Engine {
  machine: Machine;
  controllers: ReadonlyMap<string, Controller>;
  watchers: Watchers;
}

interface Watcher {
  controller: string;
  keys: Watch['keys'];
}

/** Who is to be asked about an event. */
export class Watchers {
  private readonly all: { controller: string; watch: Watch }[] = [];
  private readonly known = new Map<string, readonly Watcher[]>();

  add(controller: string, watch: Watch): void {
    this.all.push({ controller, watch });
  }

  /** Those of the resource first, then those of every resource (`*`). */
  of(resource: ResourceName, type: EventType): readonly Watcher[] {
    const id = `${type} ${resource}`;
    let found = this.known.get(id);
    if (!found) {
      found = [...this.named(resource, type), ...this.named('*', type, resource)];
      this.known.set(id, found);
    }
    return found;
  }

  private named(name: ResourceName, type: EventType, resource = name): Watcher[] {
    const watching = this.all.filter(
      ({ watch }) => watch.resource === name && (watch.types?.includes(type) ?? true) && !watch.except?.includes(resource),
    );
    return watching.map(({ controller, watch }) => ({ controller, keys: watch.keys }));
  }
}

export function assemble(machine: Machine, controllers: readonly Controller[]): Engine {
  const byName = new Map<string, Controller>();
  const watchers = new Watchers();
  for (const controller of controllers) {
    if (byName.has(controller.name)) throw new Error(`two controllers are called ${controller.name}`);
    byName.set(controller.name, controller);
    for (const watch of controller.watches) watchers.add(controller.name, watch);
  }
  return { machine, controllers: byName, watchers };
}

/** Who still has to look at what: first in, first out, each key at most once. */
export class WorkQueue {
  private readonly items: QueueItem[] = [];
  private readonly waiting = new Set<string>();
  /** How often each key was taken since time last moved on. */
  private readonly rounds = new Map<string, number>();
  private instant = Number.NEGATIVE_INFINITY;
  private head = 0;

  constructor(items: readonly QueueItem[]) {
    for (const item of items) this.add(item.controller, item.key, item.cause);
  }

  add(controller: string, key: string, cause: number): void {
    const id = whole(`${controller}|${key}`);
    if (this.waiting.has(id)) return;
    this.waiting.add(id);
    this.items.push({ controller, key, cause });
  }

  /** The next item, and how often its key has had its turn at this instant. */
  take(now: Instant): { item: QueueItem; round: number } | undefined {
    const item = this.items[this.head];
    if (!item) return undefined;
    this.head++;
    const id = `${item.controller}|${item.key}`;
    this.waiting.delete(id);
    if (now !== this.instant) this.rounds.clear();
    this.instant = now;
    const round = (this.rounds.get(id) ?? 0) + 1;
    this.rounds.set(id, round);
    return { item, round };
  }

  /** How many were ever put in: what to go `backTo`. */
  get added(): number {
    return this.items.length;
  }

  /** Forgets who was put in since: what woke them has not happened after all. */
  backTo(added: number): void {
    for (const { controller, key } of this.items.splice(added)) this.waiting.delete(`${controller}|${key}`);
  }

  /** Forgets who was waiting. */
  clear(): void {
    this.head = this.items.length;
    this.waiting.clear();
  }

  get empty(): boolean {
    return this.head === this.items.length;
  }

  rest(): readonly QueueItem[] {
    return this.items.slice(this.head);
  }
}

/** Puts every controller that watches an event's resource, or every resource (`*`), to work. */
export function wake(engine: Engine, txn: Txn, queue: WorkQueue, event: ClusterEvent): void {
  const slash = event.key.indexOf('/', event.key.indexOf('/') + 1);
  const kinds = engine.machine.kinds(txn);
  for (const { controller, keys } of engine.watchers.of(event.key.slice(0, slash), event.type)) {
    const woken = keys(event, txn, kinds);
    // Nearly always an empty list: to ask it for an iterator would cost more than the question did.
    if (Array.isArray(woken) && woken.length === 0) continue;
    for (const key of woken) queue.add(controller, key, event.revision);
  }
}

/** What a step may still do. */
export interface Budget {
  reconciles: number;
  timers: number;
}

export const newBudget = (reconciles = STEP_RECONCILES_MAX): Budget => ({ reconciles, timers: STEP_RECONCILES_MAX });

/** Runs woken controllers until nothing is woken any more or the budget is used up. Whether it came to rest. */
export function settle(engine: Engine, txn: Txn, queue: WorkQueue, budget: Budget): boolean {
  while (!queue.empty) {
    if (budget.reconciles-- <= 0) return false;
    const { item, round } = queue.take(txn.now) as { item: QueueItem; round: number };
    const controller = engine.controllers.get(item.controller);
    if (!controller) continue;
    // Two controllers that undo each other's work would go on for ever at one instant; a real cluster gives them real time to do it in.
    if (round > INSTANT_ROUNDS_MAX) retryLater(engine, txn, controller, item, new Error(`looked at ${round} times at one instant`));
    else reconcileOne(engine, txn, queue, controller, item);
  }
  return true;
}

/** Fires what is due at an instant. Whether it came to rest. */
export function playInstant(engine: Engine, txn: Txn, queue: WorkQueue, budget: Budget, due: Instant): boolean {
  if (due > txn.now) txn.advance(due);
  // Everything due at one instant is woken together, so that a controller sees the instant as a whole.
  for (let timer = txn.takeDue(txn.now); timer; timer = txn.takeDue(txn.now)) {
    budget.timers--;
    queue.add(timer.controller, timer.key, 0);
  }
  return settle(engine, txn, queue, budget);
}

/** One controller, one key. A failure is the key's own: its writes are dropped and it is tried again later. */
function reconcileOne(engine: Engine, txn: Txn, queue: WorkQueue, controller: Controller, item: QueueItem): void {
  txn.authorship = { actor: controller.component, cause: item.cause };
  const before = txn.savepoint();
  const { added } = queue;
  const client = new ControllerClient(engine.machine, txn, controller);
  try {
    const due = controller.reconcile({
      key: item.key,
      view: txn,
      now: txn.now,
      api: client,
      registry: engine.machine.kinds(txn),
      record: (about, type, reason, message, options) => client.record(about, type, reason, message, options),
      actAs: (actor) => {
        txn.authorship = { actor, cause: item.cause };
        client.actAs(actor);
      },
    });
    txn.setTimer(controller.name, item.key, due === undefined ? undefined : Math.max(due, txn.now));
    forgetFailures(txn, controller.name, item.key);
    txn.keep();
  } catch (error) {
    txn.rollback(before);
    queue.backTo(added);
    retryLater(engine, txn, controller, item, error);
  }
}

interface Failure {
  count: number;
  message: string;
  at: number;
}

const failureKey = (controller: string, key: string): string => `failure/${controller}|${key}`;

function forgetFailures(txn: Txn, controller: string, key: string): void {
  if (txn.runtime(failureKey(controller, key)) !== undefined) txn.setRuntime(failureKey(controller, key), undefined);
}

// Models client-go util/workqueue ItemExponentialFailureRateLimiter.
function retryLater(engine: Engine, txn: Txn, controller: Controller, { key, cause }: QueueItem, error: unknown): void {
  const { name, component } = controller;
  const count = (txn.runtime<Failure>(failureKey(name, key))?.count ?? 0) + 1;
  const message = error instanceof Error ? (error.stack ?? error.message).slice(0, 600) : String(error);
  txn.setRuntime(failureKey(name, key), { count, message, at: txn.now });
  txn.setTimer(name, key, txn.now + Math.min(RETRY_BASE_MS * 2 ** Math.min(count - 1, 30), RETRY_MAX_MS));
  txn.authorship = { actor: component, cause };
  tell(engine, txn, controller, key, error instanceof Error ? error.message : String(error));
}

/** What goes wrong with an object is an Event about it, so that its owner sees it. */
function tell(engine: Engine, txn: Txn, controller: Controller, key: string, message: string): void {
  const about = key.startsWith('core/events/') ? undefined : txn.get(key);
  if (about) new ControllerClient(engine.machine, txn, controller).record(about, 'Warning', 'FailedSync', message);
}
