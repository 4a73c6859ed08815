import type { KubeObject } from '../../../core/object.ts';
import { claimSpecWarnings } from '../../shared/claims.ts';
import { ownValue } from '../../shared/fields.ts';

const CLASS_ANNOTATION = 'volume.beta.kubernetes.io/storage-class';

/** Models GetWarningsForPersistentVolumeClaim in pkg/api/persistentvolumeclaim/util.go. */
export const warnings = ({ metadata, spec }: KubeObject): string[] => [
  ...(ownValue(metadata.annotations, CLASS_ANNOTATION) === undefined
    ? []
    : [`metadata.annotations[${CLASS_ANNOTATION}]: deprecated since v1.8; use "storageClassName" attribute instead`]),
  ...claimSpecWarnings(spec, 'spec'),
];
