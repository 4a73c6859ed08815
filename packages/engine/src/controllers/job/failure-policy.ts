import type { PodFailurePolicy, PodFailurePolicyOnExitCodesRequirement } from '@vivakube/schema/types/batch.v1';
import type { ContainerStatus } from '@vivakube/schema/types/core.v1';
import type { Job, Pod } from '../shared/objects.ts';
import { isPodFailed } from './pods.ts';

/** What a Job's failure policy makes of a failed pod. */
export interface Verdict {
  /** Whether the failure counts towards the limits. */
  counts: boolean;
  action?: 'Count' | 'FailIndex' | 'FailJob' | 'Ignore';
  /** Why the whole Job fails. */
  jobFailure?: string;
}

const COUNTS: Verdict = { counts: true };

function matchingContainer(pod: Pod, { containerName, operator, values }: PodFailurePolicyOnExitCodesRequirement): ContainerStatus | undefined {
  const statuses = [...(pod.status?.containerStatuses ?? []), ...(pod.status?.initContainerStatuses ?? [])];
  return statuses.find(({ name, state }) => {
    const exitCode = state?.terminated?.exitCode ?? 0;
    if (exitCode === 0 || (containerName !== undefined && containerName !== name)) return false;
    return values.includes(exitCode) === (operator === 'In');
  });
}

/** Models matchPodFailurePolicy in pkg/controller/job/pod_failure_policy.go. */
export function judge(policy: PodFailurePolicy | undefined, pod: Pod): Verdict {
  const { namespace, name } = pod.metadata;
  for (const [index, { action, onExitCodes, onPodConditions }] of (policy?.rules ?? []).entries()) {
    let why: string | undefined;
    if (onExitCodes) {
      const container = matchingContainer(pod, onExitCodes);
      why = container && `Container ${container.name} for pod ${namespace}/${name} failed with exit code ${container.state?.terminated?.exitCode}`;
    } else {
      const condition = pod.status?.conditions?.find((c) => onPodConditions?.some(({ type, status }) => type === c.type && status === c.status));
      why = condition && `Pod ${namespace}/${name} has condition ${condition.type}`;
    }
    if (why === undefined) continue;
    if (action === 'FailJob') return { counts: true, action, jobFailure: `${why} matching ${action} rule at index ${index}` };
    return { counts: action !== 'Ignore', action };
  }
  return COUNTS;
}

/** Models getFailJobMessage in pkg/controller/job/job_controller.go. */
export function jobFailureMessage(job: Job, pods: readonly Pod[]): string | undefined {
  const policy = job.spec.podFailurePolicy;
  if (!policy) return undefined;
  for (const pod of pods) {
    const message = isPodFailed(job, pod) ? judge(policy, pod).jobFailure : undefined;
    if (message) return message;
  }
  return undefined;
}
