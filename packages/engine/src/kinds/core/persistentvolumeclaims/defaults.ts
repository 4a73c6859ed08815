import type { KubeObject } from '../../../core/object.ts';
import type { Part } from '../../shared/fields.ts';

/** Either source fills in the other, so that both versions of the field agree. Models NormalizeDataSources in pkg/api/persistentvolumeclaim. */
function normalizeSources(spec: Part): void {
  if (spec.dataSource && !spec.dataSourceRef) spec.dataSourceRef = { ...spec.dataSource };
  else if (spec.dataSourceRef && !spec.dataSource && !spec.dataSourceRef.namespace) spec.dataSource = { ...spec.dataSourceRef };
}

// Models SetDefaults_PersistentVolumeClaim in pkg/apis/core/v1/defaults.go.
export function defaults(claim: KubeObject): void {
  claim.spec ??= {};
  claim.spec.resources ??= {};
  claim.spec.volumeMode ??= 'Filesystem';
}

export function prepareForCreate(claim: KubeObject): void {
  claim.status = { phase: 'Pending' };
  normalizeSources(claim.spec);
}
