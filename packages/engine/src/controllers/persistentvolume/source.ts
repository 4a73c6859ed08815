import type { Instant } from '../../core/instant.ts';
import type { KubeObject } from '../../core/object.ts';
import type { View } from '../../core/txn.ts';
import { CLAIM_RESOURCE, claimKey, sameVolumeMode, volumeKey } from '../../kinds/rules/volume-binding.ts';
import { quantityValue } from '../../machinery/decode/quantity.ts';
import { notFound } from '../../machinery/status.ts';

// Models what a claim may be filled from in kubernetes-csi/external-provisioner, pkg/controller/controller.go.

interface Source {
  apiGroup?: string;
  kind: string;
  name: string;
}

const SNAPSHOT_GROUP = 'snapshot.storage.k8s.io';

export const sourceOfClaim = ({ spec }: KubeObject): Source | undefined => spec?.dataSource ?? spec?.dataSourceRef;

export const clonesClaim = (claim: KubeObject): boolean => {
  const source = sourceOfClaim(claim);
  return source?.kind === 'PersistentVolumeClaim' && !source.apiGroup;
};

const isSnapshot = ({ apiGroup, kind }: Source): boolean => kind === 'VolumeSnapshot' && apiGroup === SNAPSHOT_GROUP;

/** Anything but a claim or a snapshot is for a populator, which somebody else has to run. */
export function isForPopulator(claim: KubeObject): boolean {
  const source = sourceOfClaim(claim);
  return source !== undefined && !clonesClaim(claim) && !isSnapshot(source);
}

/** Why a claim cannot be filled from where it asks to be. */
export function sourceProblem(view: View, claim: KubeObject, driver: string): string | undefined {
  const source = sourceOfClaim(claim);
  if (!source) return undefined;
  const problem = clonesClaim(claim) ? cloneProblem(view, claim, source.name, driver) : snapshotProblem(view, claim, source.name);
  return problem && `error getting handle for DataSource Type ${source.kind} by Name ${source.name}: ${problem}`;
}

/** Models getPVCSource. */
function cloneProblem(view: View, claim: KubeObject, name: string, driver: string): string | undefined {
  const namespace = claim.metadata.namespace as string;
  const from = view.get(claimKey(namespace, name));
  if (!from) return `error getting PVC ${name} (namespace "${namespace}") from api server: ${notFound('', 'persistentvolumeclaims', name).message}`;
  if (from.status?.phase !== 'Bound') return `the PVC DataSource ${name} must have a status of Bound.  Got ${goStatus(from)}`;
  if (from.metadata.deletionTimestamp) return `the PVC DataSource ${name} is currently being deleted`;
  if (from.spec.storageClassName === undefined) return `the source PVC (${name}) storageclass cannot be empty`;
  const [wanted, had] = [sizeOf(claim), sizeOf(from)];
  if (wanted < had)
    return `error, new PVC request must be greater than or equal in size to the specified PVC data source, requested ${wanted} but source is ${had}`;
  const volume = view.get(volumeKey(from.spec.volumeName));
  if (volume?.spec.csi?.driver !== driver || volume?.status?.phase !== 'Bound') return 'claim in dataSource not bound or invalid';
  if (sameVolumeMode(volume, claim)) return undefined;
  const [is, asked] = volume.spec.volumeMode === 'Block' ? ['Block', 'Filesystem'] : ['Filesystem', 'Block'];
  return `the source PVC and destination PVCs must have the same volume mode for cloning.  Source is ${is}, but new PVC requested ${asked}`;
}

const sizeOf = ({ spec }: KubeObject): number => quantityValue(spec.resources.requests.storage);

/** As Go prints the status of a claim that is not bound. */
const goStatus = ({ status }: KubeObject): string => `{${status?.phase ?? ''} [] map[] [] map[] map[] <nil> <nil>}`;

/** Models getSnapshotSource. Nothing takes snapshots here, so that none is ever ready. */
function snapshotProblem(view: View, claim: KubeObject, name: string): string {
  const found = view.get(`${SNAPSHOT_GROUP}/volumesnapshots/${claim.metadata.namespace}/${name}`);
  return found
    ? `snapshot ${name} not bound`
    : `error getting snapshot ${name} from api server: ${notFound(SNAPSHOT_GROUP, 'volumesnapshots', name).message}`;
}

/** Claims that wait to be made from the one that has changed. */
export const clonesOf = (view: View, namespace: string, name: string): string[] =>
  view.indexed(CLAIM_RESOURCE, 'clones', `${namespace}/${name}`).map(({ metadata }) => claimKey(namespace, metadata.name as string));

/** What is on the disk of the claim that is cloned, as `disk/<persistent volume>` keeps it: a clone has what was there when it was made. */
export function contentsToClone(view: View, claim: KubeObject, now: Instant): unknown[] | undefined {
  if (!clonesClaim(claim)) return undefined;
  const from = view.get(claimKey(claim.metadata.namespace as string, sourceOfClaim(claim)?.name as string));
  const contents = from && view.runtime<{ at: Instant }[]>(diskKey(from.spec.volumeName));
  const there = contents?.filter(({ at }) => at <= now);
  return there?.length ? there : undefined;
}

export const diskKey = (persistentVolume: string): string => `disk/${persistentVolume}`;
