import type { KubeObject } from '../../../core/object.ts';

// Models SetDefaults_StorageClass in pkg/apis/storage/v1/defaults.go.
export function defaults(storageClass: KubeObject): void {
  storageClass.reclaimPolicy ??= 'Delete';
  storageClass.volumeBindingMode ??= 'Immediate';
}
