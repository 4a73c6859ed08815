import { invalid, required } from '../../../machinery/field.ts';
import { eachInvalid, validateDnsLabel, validateDnsSubdomain } from '../../shared/fields.ts';
import { isDns1123Label } from '../../shared/names.ts';
import { both, type SourceRule } from '../../shared/podspec/volume-rules.ts';
import { VOLUME_SOURCES, type VolumeSource, validateCsiDriverName } from '../../shared/podspec/volume-sources.ts';

/** What the source says in a pod too. */
const asInPods = (field: string): SourceRule => (VOLUME_SOURCES.find((each) => each.field === field) as VolumeSource).validate;

/** Models validatePVSecretReference. */
const validateSecret: SourceRule = (reference, path) => [
  ...(reference.name ? validateDnsSubdomain(reference.name, `${path}.name`) : [required(`${path}.name`)]),
  ...(reference.namespace ? validateDnsLabel(reference.namespace, `${path}.namespace`) : [required(`${path}.namespace`)]),
];

const CSI_SECRETS = ['controllerPublishSecretRef', 'controllerExpandSecretRef', 'nodePublishSecretRef', 'nodeExpandSecretRef'];

const csi: SourceRule = (source, path) => [
  ...validateCsiDriverName(source.driver, `${path}.driver`),
  ...(source.volumeHandle ? [] : [required(`${path}.volumeHandle`)]),
  ...CSI_SECRETS.filter((field) => source[field]).flatMap((field) => validateSecret(source[field], `${path}.${field}`)),
];

const glusterfsNamespace: SourceRule = ({ endpointsNamespace: namespace }, path) => {
  const at = `${path}.endpointsNamespace`;
  if (namespace === undefined) return [];
  if (namespace === '') return [invalid(at, namespace, 'if the endpointnamespace is set, it must be a valid namespace name')];
  return eachInvalid(at, namespace, isDns1123Label(namespace));
};

const secretNamespace: SourceRule = ({ secretRef }, path) => (secretRef && !secretRef.namespace ? [required(`${path}.secretRef.namespace`)] : []);

const secretName: SourceRule = ({ secretRef }, path) => (secretRef && !secretRef.name ? [required(`${path}.secretRef.name`)] : []);

const azureNamespace: SourceRule = (source, path) => (source.secretNamespace === '' ? [required(`${path}.secretNamespace`)] : []);

/** Sources that in a PersistentVolume also say whose secrets they use. */
export const PERSISTENT_RULES: Record<string, SourceRule | undefined> = {
  azureFile: both(asInPods('azureFile'), azureNamespace),
  cinder: both(asInPods('cinder'), secretNamespace),
  csi,
  glusterfs: both(asInPods('glusterfs'), glusterfsNamespace),
  iscsi: both(asInPods('iscsi'), secretName),
  storageos: both(asInPods('storageos'), secretNamespace),
};
