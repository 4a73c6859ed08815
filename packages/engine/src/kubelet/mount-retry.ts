import type { View } from '../core/txn.ts';
import type { Loop } from '../machinery/controller.ts';
import { podKeyOf } from './keys.ts';
import type { PodState } from './state.ts';
import type { PodSync } from './sync.ts';

// Models pkg/util/goroutinemap/exponentialbackoff, by which kubelets try again what they could not mount. Upstream's longest wait is
// two seconds more; whole minutes let the rounds of a day look alike.
const FIRST_MS = 500;
const MAX_MS = 120_000;
const TRIES_TO_MAX = Math.ceil(Math.log2(MAX_MS / FIRST_MS));

/** Each try that fails is told of: the first at once, then after waits that double. Always false: nothing has changed for the pod. */
export function tellOfMount({ state, now, event }: PodSync, reason: string, message: string): false {
  const isNew = state.mountProblem !== message;
  if (!isNew && (state.due ?? Number.POSITIVE_INFINITY) > now) return false;
  event('Warning', reason, message);
  const tries = isNew ? 0 : (state.mountTries ?? 0);
  state.mountProblem = message;
  state.due = now + Math.min(MAX_MS, FIRST_MS * 2 ** tries);
  state.mountTries = Math.min(tries + 1, TRIES_TO_MAX);
  return false;
}

export function forgetMount(state: PodState): void {
  if (state.mountProblem === undefined) return;
  delete state.mountProblem;
  delete state.mountTries;
  delete state.due;
}

/** A pod that has waited for so long that each further wait is like the last. */
export function mountLoopOf(key: string, view: View): Loop | undefined {
  const uid = view.get(key)?.metadata.uid;
  const state = uid === undefined ? undefined : view.runtime<PodState>(podKeyOf(uid));
  return state?.mountTries === TRIES_TO_MAX ? { periodMs: MAX_MS, members: () => [] } : undefined;
}
