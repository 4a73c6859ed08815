import type { PodResourceClaim } from '@vivakube/schema/types/core.v1';
import type { Instant } from '../../core/instant.ts';
import { objectKey } from '../../core/key.ts';
import type { KubeObject } from '../../core/object.ts';
import { claimNameFor, DEVICE_CLAIM_RESOURCE, deviceClaimKey, foreignClaimProblem } from '../../kinds/rules/devices/pod-claims.ts';
import type { Reconcile } from '../../machinery/controller.ts';
import { type Live, PODS } from '../shared/objects.ts';
import { newControllerRef } from '../shared/owners.ts';
import { refusal } from '../shared/refusal.ts';
import { forgetFailures, retryAfterFailure } from '../shared/retry.ts';

const NAME = 'resourceclaim';
/** Which claim of its pod a claim was made for. */
const MADE_FOR = 'resource.kubernetes.io/pod-claim-name';
/** Room for a hyphen and five characters in a name of 63. */
const BASE_LENGTH_MAX = 57;

/** Makes what is missing and notes in the pod what it is called; the instant of another attempt where that fails. Models syncPod and handleClaim. */
export function makeClaims(context: Reconcile, pod: KubeObject): Instant | undefined {
  const { api, record } = context;
  const made = new Map<string, string>();
  let due: Instant | undefined;
  for (const claim of (pod.spec.resourceClaims ?? []) as PodResourceClaim[]) {
    const outcome = claim.resourceClaimTemplateName === undefined || isThere(context, pod, claim) ? undefined : make(context, pod, claim);
    if (outcome === undefined) continue;
    if ('problem' in outcome) {
      record(pod, 'Warning', 'FailedResourceClaimCreation', `PodResourceClaim ${claim.name}: ${outcome.problem}`);
      due = retryAfterFailure(context, NAME);
      break;
    }
    made.set(claim.name, outcome.name);
  }
  if (due === undefined) forgetFailures(context, NAME);
  if (made.size > 0) api.updateStatus(withNames(pod, made));
  return due;
}

function withNames(pod: KubeObject, made: ReadonlyMap<string, string>): KubeObject {
  const kept = (pod.status?.resourceClaimStatuses ?? []).filter(({ name }: { name: string }) => !made.has(name));
  const added = [...made].map(([name, resourceClaimName]) => ({ name, resourceClaimName }));
  return { ...pod, status: { ...pod.status, resourceClaimStatuses: [...kept, ...added] } };
}

function isThere({ view }: Reconcile, pod: KubeObject, claim: PodResourceClaim): boolean {
  const name = claimNameFor(pod, claim);
  const object = name === undefined ? undefined : view.get(deviceClaimKey(pod.metadata.namespace as string, name));
  return object !== undefined && foreignClaimProblem(pod, object) === undefined;
}

function make(context: Reconcile, pod: KubeObject, claim: PodResourceClaim): { name: string } | { problem: string } {
  const { view, api } = context;
  const { namespace = '', uid } = pod.metadata;
  const orphan = view.indexed(DEVICE_CLAIM_RESOURCE, 'owner', uid as string).find(({ metadata }) => metadata.annotations?.[MADE_FOR] === claim.name);
  if (orphan) return { name: orphan.metadata.name as string };
  const templateName = claim.resourceClaimTemplateName as string;
  const template = view.get(objectKey('resource.k8s.io/resourceclaimtemplates', namespace, templateName));
  if (!template) {
    return { problem: `resource claim template "${templateName}": resourceclaimtemplate.resource.k8s.io "${templateName}" not found` };
  }
  let name = '';
  const error = refusal(() => {
    name = api.create(DEVICE_CLAIM_RESOURCE, claimFrom(template, pod, claim.name)).metadata.name as string;
  });
  return error ? { problem: `create ResourceClaim : ${error.message}` } : { name };
}

const claimFrom = ({ spec }: KubeObject, pod: KubeObject, claimName: string): KubeObject => ({
  apiVersion: 'resource.k8s.io/v1',
  kind: 'ResourceClaim',
  metadata: {
    generateName: baseName(pod.metadata.name as string, claimName),
    namespace: pod.metadata.namespace as string,
    ...(spec.metadata?.labels ? { labels: spec.metadata.labels } : {}),
    annotations: { ...spec.metadata?.annotations, [MADE_FOR]: claimName },
    ownerReferences: [newControllerRef(pod as Live<typeof pod>, PODS)],
  },
  spec: spec.spec,
});

/** Both names are shortened by the same share where they are too long together. */
function baseName(podName: string, claimName: string): string {
  const whole = `${podName}-${claimName}-`;
  if (whole.length <= BASE_LENGTH_MAX) return whole;
  const share = (text: string): string => text.slice(0, Math.floor((text.length * BASE_LENGTH_MAX) / whole.length));
  return `${share(podName)}-${share(claimName)}`;
}
