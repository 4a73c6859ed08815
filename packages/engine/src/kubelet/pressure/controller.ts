import type { ClusterEvent } from '../../core/event.ts';
import { type Instant, toRfc3339 } from '../../core/instant.ts';
import { objectKey, splitKey } from '../../core/key.ts';
import { hasDemands } from '../../kinds/metrics/demand.ts';
import { conditionOf, isFinishedPod, type NodeObject, type PodObject, withCondition } from '../../kinds/shared/pod.ts';
import { defineController, type Reconcile } from '../../machinery/controller.ts';
import { nodeRecord } from '../node-record.ts';
import { earliest } from '../timing.ts';
import { tellPressure } from './conditions.ts';
import { collectImages } from './image-gc.ts';
import { evictionMessage } from './message.ts';
import { monitoredAt } from './monitor.ts';
import { ranked } from './rank.ts';
import { type Observation, observeDisk, observeMemory, type Starved } from './signals.ts';

/** Models the kubelet's --eviction-pressure-transition-period. */
const TRANSITION_MS = 300_000;

/** Until when a node goes on to report a shortage that is over, under `pressure/<node>`. */
type Aftermath = { resource: Starved; until?: Instant }[];
const aftermathKey = (node: string): string => `pressure/${node}`;

/** Ends pods where a node runs out of memory or disk. Models pkg/kubelet/eviction. */
export const nodePressureController = defineController({
  name: 'nodepressure',
  component: 'kubelet',
  manager: 'kubelet',
  watches: [{ resource: 'core/pods', keys: keysOfPod }],
  reconcile: watchNode,
});

/** Pods that say nothing of what they use stay far below what a node has. */
function keysOfPod({ stored }: ClusterEvent): string[] {
  const pod = stored.object as PodObject;
  return pod.spec.nodeName && hasDemands(pod) ? [objectKey('core/nodes', '', pod.spec.nodeName)] : [];
}

function watchNode(context: Reconcile): Instant | undefined {
  const { view, key, now } = context;
  const { name } = splitKey(key);
  const known = view.runtime<Aftermath>(aftermathKey(name)) ?? [];
  const pods = view.indexed('core/pods', 'node', name) as PodObject[];
  if (!nodeRecord(view, name) || (known.length === 0 && !pods.some((pod) => hasDemands(pod) && !isFinishedPod(pod)))) return undefined;
  context.actAs(`system:node:${name}`);
  const due: (Instant | undefined)[] = [];
  const next: Aftermath = [];
  for (const observe of [observeMemory, observeDisk]) {
    const observation = observe(view, view.get(key) as NodeObject);
    const before = known.find(({ resource }) => resource === observation.resource);
    const after = act(context, observation, before);
    if (after) next.push(after);
    due.push(...observation.changesAt, after?.until, isShort(observation) ? lookAt(context) : undefined);
  }
  if (known.length > 0 || next.length > 0) context.api.setRuntime(aftermathKey(name), next.length > 0 ? next : undefined);
  return earliest(...due.filter((at) => at !== undefined && at > now));
}

const isShort = ({ availableBytes, thresholdBytes }: Observation): boolean => availableBytes < thresholdBytes;

/** The round that is next; after one, only the end of a pod or another figure can change anything. */
function lookAt({ view, now }: Reconcile): Instant | undefined {
  const at = monitoredAt(now, view.settings.timing === 'instant');
  return at > now ? at : undefined;
}

/** One round for one resource; what is left to report of it afterwards. */
function act(context: Reconcile, observation: Observation, before: Aftermath[number] | undefined): Aftermath[number] | undefined {
  const { now, view, key } = context;
  const { resource } = observation;
  const instant = view.settings.timing === 'instant';
  if (isShort(observation)) {
    if (monitoredAt(now, instant) > now) return before;
    tellPressure(context, view.get(key) as NodeObject, resource, true);
    reclaim(context, observation);
    return { resource };
  }
  if (!before) return undefined;
  const until = before.until ?? now + (instant ? 0 : TRANSITION_MS);
  if (until > now) return { resource, until };
  tellPressure(context, view.get(key) as NodeObject, resource, false);
  return undefined;
}

function reclaim(context: Reconcile, observation: Observation): void {
  const { view, key, record } = context;
  const node = view.get(key) as NodeObject;
  const host = node.metadata.name as string;
  if (observation.usages.some(({ pod }) => isGoing(pod))) return;
  record(node, 'Warning', 'EvictionThresholdMet', `Attempting to reclaim ${observation.resource}`, { host });
  if (observation.resource === 'ephemeral-storage' && collectImages(context, host) && !isShort(observeDisk(view, node))) return;
  const [first] = ranked(
    observation.usages.filter(({ containers }) => containers.length > 0),
    observation.resource,
  );
  if (first) evict(context, first.pod, evictionMessage(observation, first));
}

/** A kubelet waits until what it has evicted is gone before it takes the next. */
const isGoing = (pod: PodObject): boolean => conditionOf(pod.status, 'DisruptionTarget')?.reason === 'TerminationByKubelet';

/** The pod's own sync does the rest: it finds the condition. */
function evict({ api, now }: Reconcile, pod: PodObject, message: string): void {
  const condition = {
    type: 'DisruptionTarget',
    status: 'True',
    reason: 'TerminationByKubelet',
    message,
    observedGeneration: pod.metadata.generation ?? 0,
  };
  api.updateStatus({ ...pod, status: { ...pod.status, conditions: withCondition(pod.status?.conditions, condition, toRfc3339(now)) } });
}
