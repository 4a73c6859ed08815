import type { KubeObject } from '../core/object.ts';
import { claimNameFor, deviceClaimKey, foreignClaimProblem, isReservedFor } from '../kinds/rules/devices/pod-claims.ts';
import type { PodObject } from '../kinds/shared/pod.ts';
import type { PodSync } from './sync.ts';

/** Why devices that a pod claims cannot be handed to it yet. Models prepareResources in pkg/kubelet/cm/dra/manager.go. */
export function deviceProblem(sync: PodSync): string | undefined {
  const problem = firstProblem(sync);
  return problem === undefined ? undefined : `Failed to prepare dynamic resources: prepare dynamic resources: ${problem}`;
}

function firstProblem({ pod, view, await: awaits }: PodSync): string | undefined {
  const { namespace = '', name: podName } = pod.metadata;
  for (const claim of pod.spec.resourceClaims ?? []) {
    const name = claimNameFor(pod, claim);
    if (name === undefined) return `pod "${namespace}/${podName}": ResourceClaim not created yet`;
    const key = deviceClaimKey(namespace, name);
    const problem = problemWith(pod, name, view.get(key), claim.resourceClaimTemplateName !== undefined);
    if (problem === undefined) continue;
    awaits(key);
    return problem;
  }
  return undefined;
}

function problemWith(pod: PodObject, name: string, claim: KubeObject | undefined, isGenerated: boolean): string | undefined {
  if (!claim) return `fetch ResourceClaim ${name}: resourceclaims.resource.k8s.io "${name}" not found`;
  const foreign = isGenerated ? foreignClaimProblem(pod, claim) : undefined;
  if (foreign !== undefined || isReservedFor(pod, claim)) return foreign;
  return `pod ${pod.metadata.name} (${pod.metadata.uid}) is not allowed to use ResourceClaim ${name} (${claim.metadata.uid})`;
}
