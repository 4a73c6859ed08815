import type { KubeObject } from '../../../core/object.ts';
import { defaultPodTemplate } from '../../rules/pod-template.ts';
import type { Part } from '../../shared/fields.ts';

function defaultClaimTemplate(claim: Part): Part {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: claim.metadata ?? {},
    spec: {
      resources: {},
      ...claim.spec,
      volumeMode: claim.spec?.volumeMode ?? 'Filesystem',
    },
    status: { ...claim.status, phase: claim.status?.phase || 'Pending' },
  };
}

// Models SetDefaults_StatefulSet in pkg/apis/apps/v1/defaults.go.
export function defaults(statefulSet: KubeObject): void {
  statefulSet.spec ??= {};
  const { spec } = statefulSet;
  spec.podManagementPolicy ||= 'OrderedReady';
  spec.updateStrategy ??= {};
  spec.updateStrategy.type ||= 'RollingUpdate';
  if (spec.updateStrategy.type === 'RollingUpdate') {
    spec.updateStrategy.rollingUpdate ??= {};
    spec.updateStrategy.rollingUpdate.partition ??= 0;
  }
  spec.persistentVolumeClaimRetentionPolicy ??= {};
  spec.persistentVolumeClaimRetentionPolicy.whenDeleted ||= 'Retain';
  spec.persistentVolumeClaimRetentionPolicy.whenScaled ||= 'Retain';
  if (spec.ordinals) spec.ordinals.start ??= 0;
  spec.replicas ??= 1;
  spec.revisionHistoryLimit ??= 10;
  defaultPodTemplate(spec);
  if (spec.volumeClaimTemplates) spec.volumeClaimTemplates = spec.volumeClaimTemplates.map(defaultClaimTemplate);
}
