import type { KubeObject } from '../../core/object.ts';
import type { AdmissionPlugin } from '../machine.ts';
import { newestDefault } from './newest-default.ts';
import { isWriteOf } from './subject.ts';

const IS_DEFAULT = 'storageclass.kubernetes.io/is-default-class';
const IS_DEFAULT_BETA = 'storageclass.beta.kubernetes.io/is-default-class';
const CLASS_BETA = 'volume.beta.kubernetes.io/storage-class';

const isDefault = ({ metadata }: KubeObject): boolean =>
  metadata.annotations?.[IS_DEFAULT] === 'true' || metadata.annotations?.[IS_DEFAULT_BETA] === 'true';

/** The class that claims get which name none. */
export const defaultClassAmong = (classes: readonly KubeObject[]): KubeObject | undefined => newestDefault(classes, isDefault);

export const namesNoClass = (claim: KubeObject): boolean =>
  claim.spec?.storageClassName === undefined && claim.metadata.annotations?.[CLASS_BETA] === undefined;

/** A claim that names no class gets the default one; `""` is a name. Models plugin/pkg/admission/storage/storageclass/setdefault. */
export const defaultStorageClass: AdmissionPlugin = {
  name: 'DefaultStorageClass',
  admit: (attributes) => {
    const { object, txn } = attributes;
    if (!isWriteOf(attributes, '', 'persistentvolumeclaims', 'CREATE') || !object?.spec) return;
    if (!namesNoClass(object)) return;
    const found = defaultClassAmong(txn.list('storage.k8s.io/storageclasses'));
    if (found) object.spec.storageClassName = found.metadata.name;
  },
};
