import type { KubeObject } from '../../core/object.ts';
import type { Reconcile } from '../../machinery/controller.ts';
import type { Deployment, ReplicaSet } from '../shared/objects.ts';
import { numberAnnotation, REVISION, ROLLBACK_TO, revisionOf, rolledBackAnnotations } from './annotations.ts';
import { POD_TEMPLATE_HASH, sameTemplate } from './hash.ts';
import { allOf, type Sets } from './sets.ts';

// Models pkg/controller/deployment/rollback.go.

/** The revision that somebody asked for by annotation, as extensions/v1beta1 did; 0 is the one before. */
export const rollbackRevision = (deployment: Deployment): number | undefined => numberAnnotation(deployment, ROLLBACK_TO);

/** The second highest. Models LastRevision in pkg/controller/deployment/util. */
function lastRevision(sets: readonly ReplicaSet[]): number {
  const revisions = sets.map(revisionOf).sort((a, b) => b - a);
  return revisions[1] ?? 0;
}

function withoutRequest(deployment: Deployment): Deployment {
  const { [ROLLBACK_TO]: _, ...annotations } = deployment.metadata.annotations ?? {};
  return { ...deployment, metadata: { ...deployment.metadata, annotations } };
}

/** The Deployment as it was when it made a set. */
function restored(deployment: Deployment, { spec, metadata }: ReplicaSet): Deployment {
  const { template = {} } = spec;
  const { [POD_TEMPLATE_HASH]: _, ...labels } = template.metadata?.labels ?? {};
  return {
    ...deployment,
    metadata: { ...deployment.metadata, annotations: rolledBackAnnotations(deployment.metadata.annotations, metadata.annotations) },
    spec: { ...deployment.spec, template: { ...template, metadata: { ...template.metadata, labels } } },
  };
}

/** Goes back once, and takes the request away whatever came of it. */
export function rollBack({ api, record }: Reconcile, deployment: Deployment, sets: Sets, asked: number): void {
  const clear = (after: Deployment): void => void api.update(withoutRequest(after) as KubeObject);
  const warn = (reason: string, message: string): void => record(deployment as KubeObject, 'Warning', reason, message);
  const all = allOf(sets);
  const revision = asked === 0 ? lastRevision(all) : asked;
  const found = all.find((set) => numberAnnotation(set, REVISION) === revision);
  if (revision === 0 || !found) {
    const what = revision === 0 ? 'Unable to find last revision.' : 'Unable to find the revision to rollback to.';
    warn('DeploymentRollbackRevisionNotFound', what);
    clear(deployment);
    return;
  }
  const name = JSON.stringify(deployment.metadata.name);
  if (sameTemplate(deployment.spec.template, found.spec.template ?? {})) {
    warn('DeploymentRollbackTemplateUnchanged', `The rollback revision contains the same template as current deployment ${name}`);
    clear(deployment);
    return;
  }
  clear(restored(deployment, found));
  record(deployment as KubeObject, 'Normal', 'DeploymentRollback', `Rolled back deployment ${name} to revision ${revision}`);
}
