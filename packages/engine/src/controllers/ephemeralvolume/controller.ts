import type { Instant } from '../../core/instant.ts';
import type { KubeObject } from '../../core/object.ts';
import { CLAIM_RESOURCE, claimKey } from '../../kinds/rules/volume-binding.ts';
import { defineController, mapped, type Reconcile } from '../../machinery/controller.ts';
import { CONTROLLER_MANAGER, type Live, PODS } from '../shared/objects.ts';
import { newControllerRef } from '../shared/owners.ts';
import { refusal } from '../shared/refusal.ts';
import { retryAfterFailure } from '../shared/retry.ts';

interface PodVolume {
  name: string;
  ephemeral?: { volumeClaimTemplate?: { metadata?: { labels?: Record<string, string>; annotations?: Record<string, string> }; spec: object } };
}

const NAME = 'ephemeralvolume';

/** Makes the claims of generic ephemeral volumes, owned by their pods. Models pkg/controller/volume/ephemeral. */
export const ephemeralVolumeController = defineController({
  name: NAME,
  component: 'ephemeral_volume',
  manager: CONTROLLER_MANAGER,
  watches: [
    mapped(PODS, ({ type, key, stored }) => {
      const volumes: PodVolume[] = type === 'ADDED' ? (stored.object.spec?.volumes ?? []) : [];
      return volumes.some((volume) => volume.ephemeral) ? [key] : [];
    }),
  ],
  reconcile: (context) => {
    const pod = context.view.get(context.key);
    if (!pod || pod.metadata.deletionTimestamp) return undefined;
    let due: Instant | undefined;
    for (const volume of pod.spec.volumes as PodVolume[]) if (volume.ephemeral) due = ensureClaim(context, pod, volume) ?? due;
    return due;
  },
});

function ensureClaim(context: Reconcile, pod: KubeObject, volume: PodVolume): Instant | undefined {
  const { view, api, record } = context;
  const { namespace = '', name } = pod.metadata;
  const claimName = `${name}-${volume.name}`;
  const known = view.get(claimKey(namespace, claimName));
  if (known) {
    if (known.metadata.ownerReferences?.some((ref) => ref.controller && ref.uid === pod.metadata.uid)) return undefined;
    record(pod, 'Warning', 'ClaimConflict', `PVC "${namespace}/${claimName}" was not created for pod "${namespace}/${name}" (pod is not owner)`);
    return undefined;
  }
  const template = volume.ephemeral?.volumeClaimTemplate;
  const error = refusal(() => {
    api.create(CLAIM_RESOURCE, {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: {
        name: claimName,
        namespace,
        ...(template?.metadata?.labels ? { labels: template.metadata.labels } : {}),
        ...(template?.metadata?.annotations ? { annotations: template.metadata.annotations } : {}),
        ownerReferences: [newControllerRef(pod as Live<typeof pod>, PODS)],
      },
      spec: template?.spec,
    });
  });
  if (!error) return undefined;
  record(pod, 'Warning', 'EphemeralVolumeClaimCreationFailed', `create PVC ${claimName}: ${error.message}`);
  return retryAfterFailure(context, NAME);
}
