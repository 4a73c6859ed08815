import type { KubeObject } from '../../../core/object.ts';
import { defaultPodTemplate } from '../../rules/pod-template.ts';

// Models SetDefaults_ReplicaSet in pkg/apis/apps/v1/defaults.go.
export function defaults(replicaSet: KubeObject): void {
  replicaSet.spec ??= {};
  replicaSet.spec.replicas ??= 1;
  defaultPodTemplate(replicaSet.spec);
}
