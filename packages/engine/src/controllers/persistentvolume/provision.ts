import { chance } from '../../core/chance.ts';
import type { Instant } from '../../core/instant.ts';
import { objectKey } from '../../core/key.ts';
import type { KubeObject } from '../../core/object.ts';
import type { View } from '../../core/txn.ts';
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
import { contentsToClone, diskKey, isForPopulator, sourceProblem } from './source.ts';
import { csiDriverOf, isLocalPath, provisionedVolume } from './volume-object.ts';

const STORAGE_PROVISIONER = 'volume.kubernetes.io/storage-provisioner';
const BETA_STORAGE_PROVISIONER = 'volume.beta.kubernetes.io/storage-provisioner';
/** On a StorageClass: `absent` leaves claims waiting for a provisioner that nobody runs. */
const ABSENT = 'sim.vivakube.dev/provisioner';
const SLOWEST_MS = 3000;
const QUICKEST_MS = 800;

interface Provisioning {
  uid: string;
  /** Absent while the volume cannot be made. */
  readyAt?: Instant;
  problem?: string;
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
  if (begun.readyAt === undefined) return attempt(context, claim, storageClass, begun.problem);
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
  const { api } = context;
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
  return attempt(context, claim, storageClass);
}

/** One try of the provisioner, after a first one or one that found a problem. */
function attempt({ api, view, now, key, record }: Reconcile, claim: KubeObject, storageClass: KubeObject, known?: string): Instant | undefined {
  const driver = csiDriverOf(storageClass.provisioner);
  const component = componentOf(driver);
  const { uid, namespace, name } = claim.metadata;
  const problem = isLocalPath(driver) ? undefined : problemOf(view, claim, driver);
  if (problem !== undefined && problem === known) return undefined;
  record(claim, 'Normal', 'Provisioning', `External provisioner is provisioning volume for claim "${namespace}/${name}"`, { component });
  if (problem !== undefined) {
    if (isForPopulator(claim)) record(claim, 'Normal', 'Provisioning', problem, { component: 'external-provisioner' });
    else {
      const failed = `failed to provision volume with StorageClass "${storageClass.metadata.name}": ${problem}`;
      record(claim, 'Warning', 'ProvisioningFailed', failed, { component });
    }
    api.setRuntime(memory(key), { uid, problem });
    return undefined;
  }
  const luck = chance(view.seed, 'provision', uid as string);
  const delayMs = view.settings.timing === 'instant' ? 0 : Math.round(QUICKEST_MS + luck * (SLOWEST_MS - QUICKEST_MS));
  api.setRuntime(memory(key), { uid, readyAt: now + delayMs });
  return now + delayMs;
}

/** What keeps a CSI driver from making a volume. Models prepareProvision of the external provisioner. */
function problemOf(view: View, claim: KubeObject, driver: string): string | undefined {
  if (isForPopulator(claim)) return 'Assuming an external populator will provision the volume';
  return claim.spec.selector ? 'claim Selector is not supported' : sourceProblem(view, claim, driver);
}

function complete({ api, view, now, record }: Reconcile, claim: KubeObject, storageClass: KubeObject): void {
  const volume = provisionedVolume(view, claim, storageClass);
  const { name } = volume.metadata;
  const driver = csiDriverOf(storageClass.provisioner);
  if (!view.stored(objectKey(VOLUME_RESOURCE, '', name as string))) api.create(VOLUME_RESOURCE, volume);
  const contents = contentsToClone(view, claim, now);
  if (contents) api.setRuntime(diskKey(name as string), contents);
  record(claim, 'Normal', 'ProvisioningSucceeded', `Successfully provisioned volume ${name}`, { component: componentOf(driver) });
}

const componentOf = (driver: string): string => `${driver}_csi-provisioner`;

export function forgetProvisioning({ api, view, key }: Reconcile): void {
  if (view.runtime(memory(key)) !== undefined) api.setRuntime(memory(key), undefined);
}
