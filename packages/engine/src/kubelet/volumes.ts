import type { Volume } from '@vivakube/schema/types/core.v1';
import { hostPathProblem } from './host-paths.ts';
import type { PodSync } from './sync.ts';

interface Source {
  plural: 'configmaps' | 'secrets';
  name: string;
  optional: boolean;
  keys: readonly string[];
}

/** The first volume that cannot be mounted yet. Models the SetUp of pkg/volume/{configmap,secret,projected,hostpath}. */
export function mountProblem(sync: PodSync): { message: string } | undefined {
  for (const volume of sync.pod.spec.volumes ?? []) {
    const claim = claimProblem(sync, volume);
    if (claim)
      return {
        message: `Unable to attach or mount volumes: unmounted volumes=[${volume.name}], unattached volumes=[], failed to process volumes=[${volume.name}]: ${claim}`,
      };
    const problem = sourceProblem(sync, volume) ?? hostPathProblem(sync, volume);
    if (problem) return { message: `MountVolume.SetUp failed for volume "${volume.name}" : ${problem}` };
  }
  return undefined;
}

/** Models getPVCExtractPV in pkg/kubelet/volumemanager/populator. */
function claimProblem(sync: PodSync, volume: Volume): string | undefined {
  const name = volume.persistentVolumeClaim?.claimName ?? (volume.ephemeral ? `${sync.pod.metadata.name}-${volume.name}` : undefined);
  if (!name) return undefined;
  const namespace = sync.pod.metadata.namespace;
  const key = `core/persistentvolumeclaims/${namespace}/${name}`;
  const claim = sync.view.get(key);
  if (claim?.status?.phase === 'Bound') return undefined;
  sync.await(key);
  const why = claim ? 'PVC is not bound' : `failed to fetch PVC from API server: persistentvolumeclaims "${name}" not found`;
  return `error processing PVC ${namespace}/${name}: ${why}`;
}

function sourcesOf(volume: Volume): Source[] {
  const found: Source[] = [];
  const add = (
    plural: Source['plural'],
    name: string | undefined,
    optional: boolean | undefined,
    items: readonly { key: string }[] | undefined,
  ): void => {
    if (name) found.push({ plural, name, optional: optional ?? false, keys: (items ?? []).map((item) => item.key) });
  };
  if (volume.configMap) add('configmaps', volume.configMap.name, volume.configMap.optional, volume.configMap.items);
  if (volume.secret) add('secrets', volume.secret.secretName, volume.secret.optional, volume.secret.items);
  for (const { configMap, secret } of volume.projected?.sources ?? []) {
    if (configMap) add('configmaps', configMap.name, configMap.optional, configMap.items);
    if (secret) add('secrets', secret.name, secret.optional, secret.items);
  }
  return found;
}

function sourceProblem(sync: PodSync, volume: Volume): string | undefined {
  for (const source of sourcesOf(volume)) {
    const problem = problemOf(sync, source);
    if (problem) return problem;
  }
  return undefined;
}

function problemOf(sync: PodSync, { plural, name, optional, keys }: Source): string | undefined {
  if (optional) return undefined;
  const key = `core/${plural}/${sync.pod.metadata.namespace}/${name}`;
  const object = sync.view.get(key);
  const isSecret = plural === 'secrets';
  if (!object) {
    sync.await(key);
    return `${isSecret ? 'secret' : 'configmap'} "${name}" not found`;
  }
  const data = { ...object.data, ...object.binaryData } as Record<string, string>;
  const absent = keys.find((k) => !Object.hasOwn(data, k));
  if (absent === undefined) return undefined;
  sync.await(key);
  return isSecret ? `references non-existent secret key: ${absent}` : `configmap references non-existent config key: ${absent}`;
}
