import type { KubeObject } from '../../core/object.ts';
import { type Plugin, reject } from '../framework.ts';
import type { NodeInfo } from '../node-info.ts';
import { podClaims } from './volumes/claims.ts';

const NAME = 'VolumeZone';
const REJECTION = reject(NAME, 'UnschedulableAndUnresolvable', 'node(s) had no available volume zone');
const ZONE = 'topology.kubernetes.io/zone';
const REGION = 'topology.kubernetes.io/region';
/** Labels of old, with what took their place. */
const SUCCESSORS: ReadonlyMap<string, string> = new Map([
  ['failure-domain.beta.kubernetes.io/zone', ZONE],
  ['failure-domain.beta.kubernetes.io/region', REGION],
]);
const LABELS = [ZONE, REGION, ...SUCCESSORS.keys()];

/** Volumes that carry a zone's label are used in that zone. Models pkg/scheduler/framework/plugins/volumezone. */
export const volumeZone: Plugin = {
  name: NAME,
  filter: ({ view, pod: { pod } }) => {
    if (!pod.spec.volumes?.some((volume) => volume.persistentVolumeClaim || volume.ephemeral)) return undefined;
    const claims = podClaims(view, pod);
    if (typeof claims === 'string') return undefined;
    const wanted = claims.bound.flatMap((volume) => (volume ? zonesOf(volume) : []));
    if (wanted.length === 0) return undefined;
    return (node) => (isOutside(node, wanted) ? REJECTION : undefined);
  },
  remedy: ({ view, pod: { pod } }) => {
    const claims = podClaims(view, pod);
    const zones = typeof claims === 'string' ? [] : claims.bound.flatMap((volume) => (volume ? zonesOf(volume) : []));
    return { text: `add a node in ${zones.map(({ values }) => values.join(' or ')).join(' and ')}, where the volumes are`, cost: 2 };
  },
  helpedBy: ['node-added', 'node-labels', 'claim', 'volume', 'storage-class'],
};

interface Zone {
  key: string;
  values: string[];
}

const own = (labels: Readonly<Record<string, string>> | undefined, key: string): string | undefined =>
  labels && Object.hasOwn(labels, key) ? labels[key] : undefined;

/** Several zones of one volume are joined by two underscores. */
function zonesOf({ metadata }: KubeObject): Zone[] {
  return LABELS.flatMap((key) => {
    const value = own(metadata.labels, key);
    return value === undefined ? [] : [{ key, values: value.split('__') }];
  });
}

/** Nodes without any such label are taken for a cluster in one zone. */
function isOutside(node: NodeInfo, wanted: readonly Zone[]): boolean {
  if (!LABELS.some((key) => own(node.labels, key) !== undefined)) return false;
  return wanted.some(({ key, values }) => !values.includes(own(node.labels, key) ?? own(node.labels, SUCCESSORS.get(key) ?? key) ?? ''));
}
