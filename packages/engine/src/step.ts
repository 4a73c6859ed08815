import type { ClusterDelta } from './core/delta.ts';
import type { ClusterEvent } from './core/event.ts';
import type { Instant } from './core/instant.ts';
import type { ClusterState } from './core/state.ts';
import { Txn } from './core/txn.ts';
import { forgetDiary, leaveOutTasks } from './leap/apart/leave.ts';
import { leap } from './leap/leap.ts';
import type { ApiRequest, ApiResponse } from './machinery/request.ts';
import { serve } from './machinery/serve.ts';
import { type Budget, type Engine, newBudget, playInstant, settle, WorkQueue, wake } from './settle.ts';

export interface Input {
  at: Instant;
  request?: ApiRequest;
  /** Answer even if the cluster could not be brought up to `at` within the budget: the answer is then of the instant reached. */
  lagging?: boolean;
  /** How many reconciles at most, for a step that has to be short: what is left over is the next one's. */
  reconcilesMax?: number;
}

export interface Step {
  state: ClusterState;
  events: readonly ClusterEvent[];
  /** What to commit; undefined where nothing changed. */
  delta?: ClusterDelta;
  /** Absent where there was no request, or the cluster is still behind. */
  response?: ApiResponse;
  /** The next instant at which something happens by itself; the cluster's own instant where work is left over. */
  wakeAt?: Instant;
  /** Whether everything due at or before `at` has happened. */
  caughtUp: boolean;
}

/**
 * The cluster as a pure function: fires what is due, each at its own instant, then serves the request, then lets controllers
 * work until nothing is woken. Stops early when the budget is used up; the next step goes on where this one stopped.
 */
export function step(engine: Engine, state: ClusterState, input: Input): Step {
  const txn = new Txn(state, engine.machine.registry.indexer);
  const queue = new WorkQueue(state.queue);
  txn.onEvent = (event) => wake(engine, txn, queue, event);
  const budget = newBudget(input.reconcilesMax);
  const caughtUp = catchUp(engine, txn, queue, budget, input.at);
  let response: ApiResponse | undefined;
  if (input.request && (caughtUp || input.lagging)) {
    response = answer(engine, txn, caughtUp ? Math.max(input.at, txn.now) : txn.now, input.request);
    // What the request set in motion without any delay belongs to the same instant.
    catchUp(engine, txn, queue, budget, txn.now);
  }
  return conclude(state, txn, queue, caughtUp, response);
}

function catchUp(engine: Engine, txn: Txn, queue: WorkQueue, budget: Budget, at: Instant): boolean {
  if (!settle(engine, txn, queue, budget)) return false;
  for (let due = txn.nextDue(); due !== undefined && due <= at; due = txn.nextDue()) {
    if (budget.timers <= 0 || budget.reconciles <= 0) return false;
    const moved = leap(engine, txn, due, at);
    budget.timers -= moved;
    if (moved > 0) forgetDiary(txn);
    if (moved > 0 || leaveOutTasks(engine, txn, queue, budget, due, at)) continue;
    if (budget.reconciles <= 0) return false;
    if (!playInstant(engine, txn, queue, budget, due)) return false;
  }
  return true;
}

/** Serves at an instant; the instant becomes the cluster's own only if the request changed something. */
function answer(engine: Engine, txn: Txn, at: Instant, request: ApiRequest): ApiResponse {
  const { now } = txn;
  txn.authorship = { actor: request.user.username, cause: 0 };
  txn.advance(at);
  const before = txn.revision;
  const response = serve(engine.machine, txn, request);
  if (txn.revision === before) txn.rewind(now);
  return response;
}

function conclude(base: ClusterState, txn: Txn, queue: WorkQueue, caughtUp: boolean, response: ApiResponse | undefined): Step {
  const rest = queue.rest();
  const changed = txn.changed || rest.length > 0 || base.queue.length > 0;
  const { state, delta } = txn.finish(rest);
  const wakeAt = rest.length > 0 ? state.now : txn.nextDue();
  return {
    state: changed ? state : txn.unchanged(),
    events: delta.events,
    caughtUp,
    ...(changed ? { delta } : {}),
    ...(response ? { response } : {}),
    ...(wakeAt === undefined ? {} : { wakeAt }),
  };
}
