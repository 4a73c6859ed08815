import type { KubeObject } from '../../../core/object.ts';
import { ownValue, type Part } from '../../shared/fields.ts';
import { selectorTermWarnings } from '../../shared/podspec/warnings/node-labels.ts';
import { deprecatedVolumeWarnings } from '../../shared/podspec/warnings/volumes.ts';

const ANNOTATIONS: [name: string, why: string][] = [
  ['volume.beta.kubernetes.io/storage-class', 'deprecated since v1.8; use "storageClassName" attribute instead'],
  ['volume.beta.kubernetes.io/mount-options', 'deprecated since v1.31; use "mountOptions" attribute instead'],
];
const RECYCLE =
  'spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated. Instead, the recommended approach is to use dynamic provisioning.';

/** Models GetWarningsForPersistentVolume in pkg/api/persistentvolume/util.go. */
export const warnings = ({ metadata, spec }: KubeObject): string[] => [
  ...ANNOTATIONS.filter(([name]) => ownValue(metadata.annotations, name) !== undefined).map(([name, why]) => `metadata.annotations[${name}]: ${why}`),
  ...(spec.persistentVolumeReclaimPolicy === 'Recycle' ? [RECYCLE] : []),
  ...deprecatedVolumeWarnings(spec, 'spec'),
  ...((spec.nodeAffinity?.required?.nodeSelectorTerms ?? []) as Part[]).flatMap((term, i) =>
    selectorTermWarnings(term, `spec.nodeAffinity.required.nodeSelectorTerms[${i}]`),
  ),
];
