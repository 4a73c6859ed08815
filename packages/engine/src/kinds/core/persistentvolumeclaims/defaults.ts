import type { KubeObject } from '../../../core/object.ts';
import type { Part } from '../../shared/fields.ts';

const SNAPSHOT_GROUP = 'snapshot.storage.k8s.io';

/** A source in another namespace, and one that the old field never took, are as if they had not been asked for. Models DropDisabledFields and EnforceDataSourceBackwardsCompatibility in pkg/api/persistentvolumeclaim. */
function dropSources(spec: Part): void {
  if (spec.dataSourceRef?.namespace) delete spec.dataSourceRef;
  if (spec.dataSourceRef || !spec.dataSource) return;
  const { apiGroup = '', kind } = spec.dataSource;
  const isKnown = apiGroup === '' ? kind === 'PersistentVolumeClaim' : apiGroup === SNAPSHOT_GROUP && kind === 'VolumeSnapshot';
  if (!isKnown) delete spec.dataSource;
}

/** Either source fills in the other, so that both versions of the field agree. Models NormalizeDataSources in pkg/api/persistentvolumeclaim. */
function normalizeSources(spec: Part): void {
  if (spec.dataSource && !spec.dataSourceRef) spec.dataSourceRef = { ...spec.dataSource };
  else if (spec.dataSourceRef && !spec.dataSource) spec.dataSource = { ...spec.dataSourceRef };
}

// Models SetDefaults_PersistentVolumeClaim in pkg/apis/core/v1/defaults.go.
export function defaults(claim: KubeObject): void {
  claim.spec ??= {};
  claim.spec.resources ??= {};
  claim.spec.volumeMode ??= 'Filesystem';
}

export function prepareForCreate(claim: KubeObject): void {
  claim.status = { phase: 'Pending' };
  dropSources(claim.spec);
  normalizeSources(claim.spec);
}
