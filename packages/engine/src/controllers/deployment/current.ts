import { objectKey } from '../../core/key.ts';
import type { KubeObject } from '../../core/object.ts';
import type { Reconcile } from '../../machinery/controller.ts';
import { ApiError } from '../../machinery/status.ts';
import { DEPLOYMENTS, type Deployment, type ReplicaSet } from '../shared/objects.ts';
import { controllerOf, newControllerRef } from '../shared/owners.ts';
import { annotation, maxRevision, newSetAnnotations, REVISION, sameAnnotations, withAnnotations } from './annotations.ts';
import { type Conditions, condition, conditionOf, progressDeadlineSeconds, REASON, withCondition, withStatusConditions } from './conditions.ts';
import { POD_TEMPLATE_HASH, sameTemplate, templateHash } from './hash.ts';
import { currentSetSize } from './rolling.ts';
import { SET_RESOURCE } from './rollout.ts';
import { type Sets, sizeOf, sum } from './sets.ts';

// Models getNewReplicaSet in pkg/controller/deployment/sync.go. The Deployment is changed in memory; its status is written once, at the end.

export interface Found {
  deployment: Deployment;
  sets: Sets;
}

/** Notes progress for Deployments that have a deadline. */
function noting(deployment: Deployment, reason: string, status: 'True' | 'False', message: string, now: number): Deployment {
  if (progressDeadlineSeconds(deployment) === undefined) return deployment;
  const conditions: Conditions = deployment.status?.conditions ?? [];
  return withStatusConditions(deployment, withCondition(conditions, condition('Progressing', status, reason, message, now)));
}

const withRevision = (deployment: Deployment, revision: string | undefined): Deployment =>
  revision === undefined || annotation(deployment, REVISION) === revision ? deployment : withAnnotations(deployment, { [REVISION]: revision });

/** Brings the current set's annotations and the Deployment's revision up to date. */
export function syncCurrent({ api, now }: Reconcile, deployment: Deployment, sets: Sets): Found {
  const known = sets.current;
  if (!known) return { deployment, sets };
  const annotations = newSetAnnotations(deployment, known, maxRevision(sets.old) + 1);
  const minReadySeconds = deployment.spec.minReadySeconds ?? 0;
  let current = known;
  if (!sameAnnotations(known.metadata.annotations, annotations) || (known.spec.minReadySeconds ?? 0) !== minReadySeconds) {
    const changed = { ...known, metadata: { ...known.metadata, annotations }, spec: { ...known.spec, minReadySeconds } };
    current = api.update(changed as KubeObject) as unknown as ReplicaSet;
  }
  let after = withRevision(deployment, annotation(current, REVISION));
  if (!conditionOf(deployment.status?.conditions, 'Progressing')) {
    after = noting(after, REASON.found, 'True', `Found new replica set "${current.metadata.name}"`, now);
  }
  return { deployment: after, sets: { current, old: sets.old } };
}

const NAME_MAX = 253;

function newSet(deployment: Deployment, old: readonly ReplicaSet[]): KubeObject {
  const { template, selector } = deployment.spec;
  const minReadySeconds = deployment.spec.minReadySeconds ?? 0;
  const hash = templateHash(template, deployment.status?.collisionCount ?? 0);
  const labels = { ...template.metadata?.labels, [POD_TEMPLATE_HASH]: hash };
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `${deployment.metadata.name.slice(0, NAME_MAX - hash.length - 1)}-${hash}`,
      namespace: deployment.metadata.namespace as string,
      labels: { ...labels },
      annotations: newSetAnnotations(deployment, undefined, maxRevision(old) + 1),
      ownerReferences: [newControllerRef(deployment, DEPLOYMENTS)],
    },
    spec: {
      replicas: currentSetSize(deployment, 0, sum(old, sizeOf)),
      ...(minReadySeconds ? { minReadySeconds } : {}),
      selector: { ...selector, matchLabels: { ...selector.matchLabels, [POD_TEMPLATE_HASH]: hash } },
      template: { ...template, metadata: { ...template.metadata, labels } },
    },
  };
}

const isMine = (deployment: Deployment, set: ReplicaSet): boolean =>
  controllerOf(set)?.uid === deployment.metadata.uid && sameTemplate(set.spec.template ?? {}, deployment.spec.template);

export type Creation = Found & { failed?: 'collision' | 'refused' };

/** The set of a template that has none yet. */
export function createCurrent(context: Reconcile, deployment: Deployment, sets: Sets): Creation {
  const { api, view, now, record } = context;
  const wanted = newSet(deployment, sets.old);
  const name = wanted.metadata.name as string;
  try {
    const current = api.create(SET_RESOURCE, wanted) as unknown as ReplicaSet;
    if (sizeOf(current) > 0)
      record(deployment as KubeObject, 'Normal', 'ScalingReplicaSet', `Scaled up replica set ${name} from 0 to ${sizeOf(current)}`);
    const noted = noting(deployment, REASON.created, 'True', `Created new replica set "${name}"`, now);
    return { deployment: withRevision(noted, annotation(current, REVISION)), sets: { current, old: sets.old } };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.status.reason === 'AlreadyExists')
      return afterCollision(deployment, sets, view.get(objectKey(SET_RESOURCE, wanted.metadata.namespace, name)) as unknown as ReplicaSet);
    if (error.status.details?.causes?.some((cause) => cause.reason === 'NamespaceTerminating')) return { deployment, sets };
    const message = `Failed to create new replica set "${name}": ${error.message}`;
    record(deployment as KubeObject, 'Warning', REASON.createFailed, message);
    return { deployment: noting(deployment, REASON.createFailed, 'False', message, now), sets, failed: 'refused' };
  }
}

/** Somebody else's set has the name: the next try hashes with a higher collision count. */
function afterCollision(deployment: Deployment, sets: Sets, occupant: ReplicaSet): Creation {
  if (isMine(deployment, occupant))
    return { deployment, sets: { current: occupant, old: sets.old.filter((set) => set.metadata.uid !== occupant.metadata.uid) } };
  const collisionCount = (deployment.status?.collisionCount ?? 0) + 1;
  return { deployment: { ...deployment, status: { ...deployment.status, collisionCount } }, sets, failed: 'collision' };
}
