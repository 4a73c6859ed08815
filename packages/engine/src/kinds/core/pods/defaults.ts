import { toRfc3339 } from '../../../core/instant.ts';
import type { KubeObject } from '../../../core/object.ts';
import type { KindContext } from '../../../machinery/kind.ts';
import { ownValue, type Part } from '../../shared/fields.ts';
import { defaultPod, defaultPodSpec } from '../../shared/podspec/defaults.ts';
import { podQosClass } from '../../shared/podspec/qos.ts';

/** Models SetObjectDefaults_Pod. */
export function defaults(pod: KubeObject): void {
  pod.spec ??= {};
  defaultPod(pod.spec);
  defaultPodSpec(pod.spec);
}

/** Models podStrategy.PrepareForCreate. */
export function prepareForCreate(pod: KubeObject, { now }: KindContext): void {
  pod.status = { phase: 'Pending', qosClass: podQosClass(pod.spec) };
  if (pod.spec.schedulingGates?.length) {
    pod.status.conditions = [
      {
        type: 'PodScheduled',
        status: 'False',
        lastProbeTime: null,
        lastTransitionTime: toRfc3339(now),
        reason: 'SchedulingGated',
        message: 'Scheduling is blocked due to non-empty scheduling gates',
        observedGeneration: 1,
      },
    ];
  }
  selectByOwnLabels(pod);
}

/** matchLabelKeys become requirements with the pod's own values. Models mutatePodAffinity and mutateTopologySpreadConstraints. */
function selectByOwnLabels(pod: KubeObject): void {
  const labels = pod.metadata.labels;
  const merge = (term: Part): void => {
    if (!term?.labelSelector) return;
    const add = (keys: string[] | undefined, operator: string) => {
      for (const key of keys ?? []) {
        const value = ownValue(labels, key);
        if (value === undefined) continue;
        term.labelSelector.matchExpressions = [...(term.labelSelector.matchExpressions ?? []), { key, operator, values: [value] }];
      }
    };
    add(term.matchLabelKeys, 'In');
    add(term.mismatchLabelKeys, 'NotIn');
  };
  for (const name of ['podAffinity', 'podAntiAffinity']) {
    const affinity = pod.spec.affinity?.[name];
    for (const term of affinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []) merge(term);
    for (const term of affinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []) merge(term.podAffinityTerm);
  }
  for (const constraint of pod.spec.topologySpreadConstraints ?? []) merge(constraint);
}

/** The single addresses and the lists say the same. Models the conversions of pkg/apis/core/v1. */
export function prepareForStatusUpdate(pod: KubeObject, old: KubeObject): void {
  keepOwners(pod, old);
  const status = pod.status;
  if (!status) return;
  if (!status.qosClass && old.status?.qosClass) status.qosClass = old.status.qosClass;
  if (status.podIP && status.podIPs?.[0]?.ip !== status.podIP) status.podIPs = [{ ip: status.podIP }];
  else if (!status.podIP && status.podIPs?.length) status.podIP = status.podIPs[0].ip;
}

/** A status never says whose the pod is. */
function keepOwners(pod: KubeObject, old: KubeObject): void {
  const { ownerReferences } = old.metadata;
  if (ownerReferences) pod.metadata.ownerReferences = ownerReferences;
  else delete pod.metadata.ownerReferences;
}

/** Models podStrategy.CheckGracefulDelete. */
export function gracePeriodSeconds(pod: KubeObject, askedSeconds: number | undefined): number {
  if (!pod.spec.nodeName || pod.status?.phase === 'Failed' || pod.status?.phase === 'Succeeded') return 0;
  const seconds: number = askedSeconds ?? pod.spec.terminationGracePeriodSeconds ?? 0;
  return seconds < 0 ? 1 : seconds;
}
