import type { KubeObject } from '../../core/object.ts';
import type { Txn } from '../../core/txn.ts';
import type { PodObject } from '../../kinds/shared/pod.ts';
import { podRequests } from '../../kinds/shared/pod-requests.ts';
import { WAITING, type Waiting } from '../../scheduler/attempts.ts';
import { mayHelp } from '../../scheduler/changes.ts';
import { DEFAULT_PLUGINS } from '../../scheduler/plugins/index.ts';
import { CONFIGURATION_KEY } from '../../scheduler/profiles/projection.ts';

/** Which tasks nobody else notices, and which notice nobody else. */

export type Weight = 'none' | 'light' | 'heavy';

const podSpecOf = (cronJob: KubeObject): { labels: Record<string, string>; spec: PodObject['spec'] } => {
  const { metadata, spec } = cronJob.spec.jobTemplate.spec.template;
  return { labels: metadata?.labels ?? {}, spec };
};

/** Where pods go that are like all others: light where they ask for nothing, so that they do not even count for each other. */
export function weightOf(cronJob: KubeObject): Weight {
  const { spec } = podSpecOf(cronJob);
  if (spec.hostNetwork || spec.affinity || spec.topologySpreadConstraints?.length || spec.schedulerName !== 'default-scheduler') return 'none';
  if (spec.priorityClassName || spec.resourceClaims?.length || spec.schedulingGates?.length) return 'none';
  if (spec.volumes?.some((volume) => volume.persistentVolumeClaim || volume.ephemeral || volume.configMap || volume.secret || volume.projected))
    return 'none';
  if (spec.containers.some(({ ports }) => ports?.some(({ hostPort }) => hostPort))) return 'none';
  const asks = [...podRequests({ spec } as PodObject).values()].some((amount) => amount !== 0);
  return asks ? 'heavy' : 'light';
}

/** Labels that a Job gives its pods besides. */
const OF_JOBS = /^(batch\.kubernetes\.io\/|job-name$|controller-uid$)/;

const selects = (selector: Record<string, string> | undefined, labels: Record<string, string>): boolean =>
  selector !== undefined && Object.entries(selector).every(([label, value]) => OF_JOBS.test(label) || labels[label] === value);

/** Whether something is there that follows a CronJob's pods, or counts them. */
export function isFollowed(txn: Txn, cronJob: KubeObject): boolean {
  const namespace = cronJob.metadata.namespace as string;
  const { labels } = podSpecOf(cronJob);
  if (txn.list('core/resourcequotas', namespace).length > 0) return true;
  if (txn.list('core/services', namespace).some(({ spec }) => spec.selector && selects(spec.selector, labels))) return true;
  return txn.list('policy/poddisruptionbudgets', namespace).some(({ spec }) => {
    return spec.selector?.matchExpressions?.length || selects(spec.selector?.matchLabels ?? {}, labels);
  });
}

/** Whether no pod waits for others to end, and nodes are chosen as they usually are. */
export function isSchedulingQuiet(txn: Txn): boolean {
  if (txn.get(CONFIGURATION_KEY)) return false;
  return txn
    .runtimeKeys(WAITING)
    .every((key) => !mayHelp(['pod-removed', 'pod-added'], (txn.runtime<Waiting>(key) as Waiting).plugins, DEFAULT_PLUGINS));
}
