import type { KubeObject } from '../../core/object.ts';
import { type Cycle, type Plugin, type Rejection, reject } from '../framework.ts';
import type { NodeInfo } from '../node-info.ts';
import { planFor, reaches, updatesOf } from './volumes/binding.ts';
import { podClaims } from './volumes/claims.ts';
import { volumeRemedy } from './volumes/remedy.ts';

const NAME = 'VolumeBinding';
const NO_VOLUME = reject(NAME, 'UnschedulableAndUnresolvable', "node(s) didn't find available persistent volumes to bind");
const NO_ROOM = reject(NAME, 'UnschedulableAndUnresolvable', 'node(s) did not have enough free storage');
const OTHER_NODE = reject(NAME, 'UnschedulableAndUnresolvable', "node(s) didn't match PersistentVolume's node affinity");
const NO_SUCH_VOLUME = reject(NAME, 'UnschedulableAndUnresolvable', 'node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)');
const NOT_BOUND = reject(NAME, 'UnschedulableAndUnresolvable', 'pod has unbound immediate PersistentVolumeClaims');

/** Pods go where their volumes are or can be made. Models pkg/scheduler/framework/plugins/volumebinding. */
export const volumeBinding: Plugin = {
  name: NAME,
  filter: (cycle) => {
    const claims = claimsOf(cycle);
    if (claims === undefined) return undefined;
    if (typeof claims === 'string') return { rejection: reject(NAME, 'UnschedulableAndUnresolvable', claims) };
    if (claims.immediate.length > 0) return { rejection: NOT_BOUND };
    return (node) => {
      const bound = boundProblem(claims.bound, node);
      const plan = claims.delayed.length > 0 ? planFor(cycle, claims.delayed, node) : undefined;
      const delayed = plan === 'no-volume' ? NO_VOLUME : plan === 'no-room' ? NO_ROOM : undefined;
      return bound && delayed ? both(bound, delayed) : (bound ?? delayed);
    };
  },
  preBind: (cycle, node) => {
    const claims = claimsOf(cycle);
    if (claims === undefined || typeof claims === 'string' || claims.delayed.length === 0) return undefined;
    const plan = planFor(cycle, claims.delayed, node);
    return typeof plan === 'string' ? undefined : updatesOf(plan, node);
  },
  remedy: volumeRemedy,
  helpedBy: ['node-added', 'node-labels', 'claim', 'volume', 'storage-class', 'storage-capacity'],
};

/** The first that cannot be used is enough. Models checkBoundClaims. */
function boundProblem(volumes: readonly (KubeObject | undefined)[], node: NodeInfo): Rejection | undefined {
  for (const volume of volumes) {
    if (!volume) return NO_SUCH_VOLUME;
    if (!reaches(volume, node)) return OTHER_NODE;
  }
  return undefined;
}

const both = (a: Rejection, b: Rejection): Rejection => reject(NAME, 'UnschedulableAndUnresolvable', ...a.reasons, ...b.reasons);

const claimsOf = ({ view, pod: { pod } }: Cycle) =>
  pod.spec.volumes?.some((volume) => volume.persistentVolumeClaim || volume.ephemeral) ? podClaims(view, pod) : undefined;
