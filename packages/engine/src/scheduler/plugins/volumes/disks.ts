import type { Volume } from '@vivakube/schema/types/core.v1';

/** A network disk that a pod names itself: who has it may not have it twice. */
type Conflict = (a: Volume, b: Volume) => boolean;

const conflicts: readonly Conflict[] = [
  ({ gcePersistentDisk: a }, { gcePersistentDisk: b }) => !!a && !!b && a.pdName === b.pdName && !(a.readOnly && b.readOnly),
  ({ awsElasticBlockStore: a }, { awsElasticBlockStore: b }) => !!a && !!b && a.volumeID === b.volumeID,
  ({ iscsi: a }, { iscsi: b }) => !!a && !!b && a.iqn === b.iqn && !(a.readOnly && b.readOnly),
  ({ rbd: a }, { rbd: b }) =>
    !!a && !!b && a.monitors.some((m) => b.monitors.includes(m)) && a.pool === b.pool && a.image === b.image && !(a.readOnly && b.readOnly),
];

/** Models isVolumeConflict of plugins/volumerestrictions. */
export const isDiskConflict: Conflict = (a, b) => conflicts.some((conflict) => conflict(a, b));

export const isExclusiveDisk = ({ gcePersistentDisk, awsElasticBlockStore, rbd, iscsi }: Volume): boolean =>
  !!(gcePersistentDisk || awsElasticBlockStore || rbd || iscsi);
