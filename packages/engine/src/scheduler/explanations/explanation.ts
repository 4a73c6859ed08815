import { toRfc3339 } from '../../core/instant.ts';
import type { KubeObject } from '../../core/object.ts';
import type { View } from '../../core/txn.ts';
import { isFinishedPod, type PodObject } from '../../kinds/shared/pod.ts';
import type { KindContext } from '../../machinery/kind.ts';
import { isPending } from '../active.ts';
import { waitingOf } from '../attempts.ts';
import { schedulerCache } from '../cache.ts';
import { explainSchedule } from '../explain.ts';
import type { Cycle } from '../framework.ts';
import { withAssumed } from '../nominated.ts';
import { podInfoOf } from '../pod-info.ts';
import type { Profile } from '../profiles/profile.ts';
import { profileFor } from '../profiles/projection.ts';
import { type Judgement, judge, podKeyOf, smallestChange } from './judge.ts';

const NODES_SHOWN_MAX = 100;

/** @param thorough whether every node is looked at, which a list of many pods does without */
export function explanationOf(pod: PodObject, { view, now }: KindContext, thorough: boolean): KubeObject {
  const { name, namespace, uid, labels } = pod.metadata;
  const profile = profileFor(view, pod);
  const waiting = waitingOf(view, podKeyOf(pod));
  const attempt = explainSchedule(view, uid as string);
  const result = resultOf(pod, profile !== undefined, waiting?.assumed === true);
  const message = attempt?.message ?? (result === 'Unschedulable' ? whyHeldBack(pod, view, profile as Profile) : undefined);
  const nodeName = pod.spec.nodeName || pod.status?.nominatedNodeName;
  return {
    apiVersion: 'sim.vivakube.dev/v1',
    kind: 'SchedulingExplanation',
    metadata: { name, namespace, creationTimestamp: toRfc3339(now), ...(labels ? { labels } : {}) } as KubeObject['metadata'],
    result,
    ...(nodeName ? { nodeName } : {}),
    ...(message ? { message } : {}),
    ...(result === 'Unschedulable' && thorough ? against(pod, view, profile as Profile) : {}),
    ...(attempt ? { attempt: { ...attempt, at: undefined, message: undefined, chosen: undefined, time: toRfc3339(attempt.at) } } : {}),
  };
}

/** Why a pod is not even tried. */
const whyHeldBack = (pod: PodObject, view: View, { plugins }: Profile): string | undefined =>
  plugins.map((plugin) => plugin.holdsBack?.(pod, view)).find((reason) => reason !== undefined);

function resultOf(pod: PodObject, isOurs: boolean, assumed: boolean): string {
  if (pod.spec.nodeName) return 'Scheduled';
  if (isFinishedPod(pod) || pod.metadata.deletionTimestamp) return 'Finished';
  if (pod.spec.schedulingGates?.length) return 'Gated';
  if (!isOurs || !isPending(pod)) return 'NotOurs';
  return assumed ? 'WaitingForVolumes' : 'Unschedulable';
}

function against(pod: PodObject, view: View, profile: Profile): { smallestChange?: string; nodes: object[] } {
  const cache = view.project(schedulerCache);
  return withAssumed(view, cache, podKeyOf(pod), () => {
    const cycle: Cycle = { pod: podInfoOf(pod), cache, view, profile };
    const judgements = judge(cycle);
    const best = smallestChange(cycle, judgements);
    const change = cache.nodes.length === 0 ? 'add a node' : best && textsOf(best).join('; and ');
    const shown = [...judgements].sort((a, b) => a.cost - b.cost).slice(0, NODES_SHOWN_MAX);
    return { ...(change ? { smallestChange: change } : {}), nodes: shown.map(shownOf) };
  });
}

const textsOf = ({ remedies }: Judgement): string[] => [...new Set(remedies.map(({ text }) => text))];

const shownOf = (judgement: Judgement): object => ({
  name: judgement.node.name,
  fits: judgement.rejections.length === 0,
  ...(judgement.rejections.length > 0 ? { rejections: judgement.rejections } : {}),
  ...(judgement.remedies.length > 0 ? { changes: textsOf(judgement) } : {}),
});
