import type { KubeObject } from '../../../core/object.ts';
import { defaultVolumeSource } from '../../shared/podspec/volume-defaults.ts';

// Models SetDefaults_PersistentVolume in pkg/apis/core/v1/defaults.go.
export function defaults(volume: KubeObject): void {
  volume.spec ??= {};
  volume.spec.persistentVolumeReclaimPolicy ||= 'Retain';
  volume.spec.volumeMode ??= 'Filesystem';
  defaultVolumeSource(volume.spec);
}
