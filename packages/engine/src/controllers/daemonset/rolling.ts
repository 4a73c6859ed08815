import type { Instant } from '../../core/instant.ts';
import type { DaemonSet, Pod } from '../shared/objects.ts';
import { isAvailable, type Place } from './round.ts';
import { limits } from './strategy.ts';
import { isUpdated } from './template.ts';

// Models rollingUpdate in pkg/controller/daemon/update.go.

export interface Replacement {
  remove: Pod[];
  create: string[];
}

interface Pair {
  fresh: Pod | undefined;
  old: Pod | undefined;
}

/** At most one pod of each kind on a node; undefined where there are more, which are pruned first. */
function pairOf(set: DaemonSet, pods: readonly Pod[], hash: string): Pair | undefined {
  const living = pods.filter((pod) => pod.metadata.deletionTimestamp === undefined);
  const fresh = living.filter((pod) => isUpdated(set, pod, hash));
  const old = living.filter((pod) => !isUpdated(set, pod, hash));
  return fresh.length > 1 || old.length > 1 ? undefined : { fresh: fresh[0], old: old[0] };
}

/** Old pods go as long as not too many are unavailable; those that serve nobody go first. */
function replaceInPlace(set: DaemonSet, places: readonly Place[], hash: string, maxUnavailable: number, now: Instant): Replacement {
  let unavailable = 0;
  const useless: Pod[] = [];
  const candidates: Pod[] = [];
  for (const place of places) {
    const pair = pairOf(set, place.pods, hash);
    if (!pair || Boolean(pair.fresh) === Boolean(pair.old)) unavailable++;
    else if (pair.fresh) unavailable += isAvailable(set, pair.fresh, now) ? 0 : 1;
    else if (!isAvailable(set, pair.old as Pod, now)) {
      useless.push(pair.old as Pod);
      unavailable++;
    } else if (unavailable < maxUnavailable) candidates.push(pair.old as Pod);
  }
  return { remove: [...useless, ...candidates.slice(0, Math.max(0, maxUnavailable - unavailable))], create: [] };
}

/** New pods come beside old ones, and old ones go when the new ones are available. */
function surge(set: DaemonSet, places: readonly Place[], hash: string, maxSurge: number, desired: number, now: Instant): Replacement {
  const remove: Pod[] = [];
  const misplaced: Pod[] = [];
  const useless: string[] = [];
  const candidates: string[] = [];
  let surging = 0;
  let available = 0;
  for (const place of places) {
    const pair = pairOf(set, place.pods, hash);
    if (!pair) {
      surging++;
      continue;
    }
    const { fresh, old } = pair;
    const shown = old ?? fresh;
    if (shown && isAvailable(set, shown, now)) available++;
    if (!old) continue;
    if (fresh) {
      if (isAvailable(set, fresh, now)) remove.push(old);
      else surging++;
    } else if (!isAvailable(set, old, now)) {
      if (place.shouldRun) useless.push(place.node);
      else remove.push(old);
    } else if (!place.shouldRun) misplaced.push(old);
    else if (surging < maxSurge) candidates.push(place.node);
  }
  remove.push(...misplaced.slice(0, Math.max(0, available - desired)));
  return { remove, create: [...useless, ...candidates.slice(0, Math.max(0, maxSurge - surging))] };
}

export function rollingUpdate(set: DaemonSet, all: readonly Place[], hash: string, now: Instant): Replacement {
  const places = all.filter((place) => place.shouldRun || place.pods.length > 0);
  const desired = all.filter((place) => place.shouldRun).length;
  const { maxSurge, maxUnavailable } = limits(set, desired);
  return maxSurge > 0 ? surge(set, places, hash, maxSurge, desired, now) : replaceInPlace(set, places, hash, maxUnavailable, now);
}
