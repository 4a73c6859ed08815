import type { AdmissionPlugin } from '../machine.ts';
import { isWriteOf } from './subject.ts';

const PROTECTED: readonly (readonly [group: string, plural: string, finalizer: string])[] = [
  ['', 'persistentvolumeclaims', 'kubernetes.io/pvc-protection'],
  ['', 'persistentvolumes', 'kubernetes.io/pv-protection'],
  ['storage.k8s.io', 'volumeattributesclasses', 'kubernetes.io/vac-protection'],
];

/** Storage in use is not removed under those who use it. Models plugin/pkg/admission/storage/storageobjectinuseprotection. */
export const storageObjectInUseProtection: AdmissionPlugin = {
  name: 'StorageObjectInUseProtection',
  admit: (attributes) => {
    const { object } = attributes;
    const found = PROTECTED.find(([group, plural]) => isWriteOf(attributes, group, plural, 'CREATE'));
    if (!found || !object) return;
    const finalizers = object.metadata.finalizers ?? [];
    if (!finalizers.includes(found[2])) object.metadata.finalizers = [...finalizers, found[2]];
  },
};
