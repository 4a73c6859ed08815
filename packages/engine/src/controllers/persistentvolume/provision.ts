import { chance } from '../../core/chance.ts';
import type { Instant } from '../../core/instant.ts';
import { objectKey } from '../../core/key.ts';
import type { KubeObject } from '../../core/object.ts';
import {
  ATTRIBUTES_RESOURCE,
  CLASS_RESOURCE,
  hasAnnotation,
  NO_PROVISIONER,
  SELECTED_NODE,
  storageClassOf,
  VOLUME_RESOURCE,
  withAnnotations,
} from '../../kinds/rules/volume-binding.ts';
import { ownValue } from '../../kinds/shared/fields.ts';
import type { Reconcile } from '../../machinery/controller.ts';
import { sayOnce } from './say.ts';
import { csiDriverOf, isLocalPath, provisionedVolume } from './volume-object.ts';

const STORAGE_PROVISIONER = 'volume.kubernetes.io/storage-provisioner';
const BETA_STORAGE_PROVISIONER = 'volume.beta.kubernetes.io/storage-provisioner';
/** On a StorageClass: `absent` leaves claims waiting for a provisioner that nobody runs. */
const ABSENT = 'sim.vivakube.dev/provisioner';
const SLOWEST_MS = 3000;
const QUICKEST_MS = 800;

interface Provisioning {
  uid: string;
  readyAt: Instant;
}

const memory = (key: string): string => `provision/${key}`;

/** Has a volume made for a claim; the instant at which it is there. Models provisionClaim and sig-storage-lib-external-provisioner. */
export function provision(context: Reconcile, claim: KubeObject): Instant | undefined {
  const { view, key, now } = context;
  const storageClass = view.get(objectKey(CLASS_RESOURCE, '', storageClassOf(claim)));
  const problem = whyNot(claim, storageClass) ?? whyNotWithAttributes(context, claim, storageClass);
  if (problem !== undefined || !storageClass) {
    sayOnce(context, claim, 'Warning', 'ProvisioningFailed', problem as string);
    return undefined;
  }
  const begun = view.runtime<Provisioning>(memory(key));
  if (!begun || begun.uid !== claim.metadata.uid) return begin(context, claim, storageClass);
  if (begun.readyAt > now) return begun.readyAt;
  complete(context, claim, storageClass);
  return undefined;
}

function whyNot(claim: KubeObject, storageClass: KubeObject | undefined): string | undefined {
  const name = storageClassOf(claim);
  if (!storageClass) return `storageclass.storage.k8s.io "${name}" not found`;
  const { provisioner } = storageClass;
  if (provisioner === NO_PROVISIONER || (provisioner.startsWith('kubernetes.io/') && csiDriverOf(provisioner) === provisioner)) {
    return `no volume plugin matched name: ${provisioner}`;
  }
  if (isLocalPath(provisioner) && !hasAnnotation(claim, SELECTED_NODE)) {
    return `failed to provision volume with StorageClass "${name}": configuration error, no node was specified`;
  }
  return undefined;
}

/** Models the external provisioner: the attributes have to be there, and to be for its driver. */
function whyNotWithAttributes({ view }: Reconcile, claim: KubeObject, storageClass: KubeObject | undefined): string | undefined {
  const wanted = claim.spec.volumeAttributesClassName;
  if (!wanted || !storageClass) return undefined;
  const failed = `failed to provision volume with StorageClass "${storageClass.metadata.name}"`;
  const attributes = view.get(objectKey(ATTRIBUTES_RESOURCE, '', wanted));
  if (!attributes) return `${failed}: volumeattributesclass.storage.k8s.io "${wanted}" not found`;
  const driver = csiDriverOf(storageClass.provisioner);
  if (attributes.driverName === driver) return undefined;
  return `${failed}: VAC ${wanted} referenced in PVC is for driver ${attributes.driverName} which does not match driver name ${driver}`;
}

function begin(context: Reconcile, claim: KubeObject, storageClass: KubeObject): Instant | undefined {
  const { api, view, now, key, record } = context;
  const driver = csiDriverOf(storageClass.provisioner);
  api.update(withAnnotations(claim, { [BETA_STORAGE_PROVISIONER]: driver, [STORAGE_PROVISIONER]: driver }));
  sayOnce(
    context,
    claim,
    'Normal',
    'ExternalProvisioning',
    `Waiting for a volume to be created either by the external provisioner '${driver}' or manually by the system administrator. If volume creation is delayed, please verify that the provisioner is running and correctly registered.`,
  );
  if (ownValue(storageClass.metadata.annotations, ABSENT) === 'absent') return undefined;
  const about = `External provisioner is provisioning volume for claim "${claim.metadata.namespace}/${claim.metadata.name}"`;
  record(claim, 'Normal', 'Provisioning', about, { component: componentOf(driver) });
  const luck = chance(view.seed, 'provision', claim.metadata.uid as string);
  const delayMs = view.settings.timing === 'instant' ? 0 : Math.round(QUICKEST_MS + luck * (SLOWEST_MS - QUICKEST_MS));
  api.setRuntime(memory(key), { uid: claim.metadata.uid, readyAt: now + delayMs });
  return now + delayMs;
}

function complete({ api, view, record }: Reconcile, claim: KubeObject, storageClass: KubeObject): void {
  const volume = provisionedVolume(view, claim, storageClass);
  const { name } = volume.metadata;
  const driver = csiDriverOf(storageClass.provisioner);
  if (!view.stored(objectKey(VOLUME_RESOURCE, '', name as string))) api.create(VOLUME_RESOURCE, volume);
  record(claim, 'Normal', 'ProvisioningSucceeded', `Successfully provisioned volume ${name}`, { component: componentOf(driver) });
}

const componentOf = (driver: string): string => `${driver}_csi-provisioner`;

export function forgetProvisioning({ api, view, key }: Reconcile): void {
  if (view.runtime(memory(key)) !== undefined) api.setRuntime(memory(key), undefined);
}
