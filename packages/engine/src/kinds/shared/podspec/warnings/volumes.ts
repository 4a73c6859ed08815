import { claimSpecWarnings } from '../../claims.ts';
import type { Part } from '../../fields.ts';

const DEPRECATED: [field: string, why: string][] = [
  ['photonPersistentDisk', 'deprecated in v1.11, non-functional in v1.16+'],
  ['gitRepo', 'deprecated in v1.11, and disabled by default in v1.33+'],
  ['scaleIO', 'deprecated in v1.16, non-functional in v1.22+'],
  ['flocker', 'deprecated in v1.22, non-functional in v1.25+'],
  ['storageos', 'deprecated in v1.22, non-functional in v1.25+'],
  ['quobyte', 'deprecated in v1.22, non-functional in v1.25+'],
  ['glusterfs', 'deprecated in v1.25, non-functional in v1.26+'],
  ['cephfs', 'deprecated in v1.28, non-functional in v1.31+'],
  ['rbd', 'deprecated in v1.28, non-functional in v1.31+'],
];

export const deprecatedVolumeWarnings = (volume: Part, path: string): string[] =>
  DEPRECATED.filter(([field]) => volume[field]).map(([field, why]) => `${path}.${field}: ${why}`);

export const volumeWarnings = (volumes: Part[] | undefined, path: string): string[] => [
  ...(volumes ?? []).flatMap((volume, i) => [
    ...deprecatedVolumeWarnings(volume, `${path}[${i}]`),
    ...claimSpecWarnings(volume.ephemeral?.volumeClaimTemplate?.spec ?? {}, `${path}[${i}].ephemeral.volumeClaimTemplate.spec`),
  ]),
  ...(volumes ?? []).flatMap(overlapWarnings),
];

/** A file of a volume, and which of a projected volume's sources it comes from. */
interface Placed {
  path: string;
  source: string;
}

const placed = (items: Part[] | undefined, source: string): Placed[] => (items ?? []).map(({ path }) => ({ path, source }));
const quoted = (text: string | undefined): string => JSON.stringify(text ?? '');

/** Files of one volume that cannot both be there. Models warningsForOverlappingVirtualPaths. */
function overlapWarnings({ name, configMap, secret, downwardAPI, projected }: Part): string[] {
  const about = (what: string, files: Placed[]): string[] =>
    overlaps(files).map((text) => `volume ${quoted(name)} (${what}): overlapping paths: ${text}`);
  const sources: Part[] = projected?.sources ?? [];
  return [
    ...about(`ConfigMap ${quoted(configMap?.name)}`, placed(configMap?.items, '')),
    ...about(`Secret ${quoted(secret?.secretName)}`, placed(secret?.items, '')),
    ...about('DownwardAPI', placed(downwardAPI?.items, '')),
    ...sources.filter((source) => Object.keys(source).length === 0).map(() => `volume ${quoted(name)} (Projected) has no sources provided`),
    ...about('Projected', sources.flatMap(projectedFiles)),
  ];
}

function projectedFiles({ configMap, secret, downwardAPI, serviceAccountToken, clusterTrustBundle, podCertificate }: Part): Placed[] {
  const one = (path: string | undefined, source: string): Placed[] => (path ? [{ path, source }] : []);
  return [
    ...placed(configMap?.items, `ConfigMap ${quoted(configMap?.name)}`),
    ...placed(secret?.items, `Secret ${quoted(secret?.name)}`),
    ...placed(downwardAPI?.items, 'DownwardAPI'),
    ...one(serviceAccountToken?.path, 'ServiceAccountToken'),
    ...one(clusterTrustBundle?.path, `ClusterTrustBundle ${quoted(clusterTrustBundle?.name ?? clusterTrustBundle?.signerName)}`),
    ...one(podCertificate?.certificateChainPath, 'PodCertificate chain'),
    ...one(podCertificate?.keyPath, 'PodCertificate key'),
    ...one(podCertificate?.credentialBundlePath, 'PodCertificate credential bundle'),
  ];
}

function overlaps(files: Placed[]): string[] {
  const before: Placed[] = [];
  return files.flatMap(({ path, source }) => {
    const file = { path: path.replace(/\/+$/, ''), source };
    const found = before.filter((other) => isWithin(other.path, file.path) || isWithin(file.path, other.path));
    before.push(file);
    return found.map((other) => `${shown(file)} with ${shown(other)}`);
  });
}

const isWithin = (path: string, outer: string): boolean => path !== '' && outer !== '' && `${path}/`.startsWith(`${outer}/`);
const shown = ({ path, source }: Placed): string => (source === '' ? quoted(path) : `${quoted(path)} (${source})`);
