import type { ClusterEvent } from '../../core/event.ts';
import { splitKey } from '../../core/key.ts';
import type { KubeObject } from '../../core/object.ts';
import { hasFinalizer, withFinalizer, withoutFinalizer } from '../../kinds/rules/finalizers.ts';
import { claimKey, claimNamesOf } from '../../kinds/rules/volume-binding.ts';
import { defineController, mapped, self } from '../../machinery/controller.ts';
import { CLAIMS, CONTROLLER_MANAGER, PODS } from '../shared/objects.ts';

const FINALIZER = 'kubernetes.io/pvc-protection';

/** A pod that let go of its claims: it is gone, or it has ended. */
function keysOfPod({ type, stored, previous }: ClusterEvent): string[] {
  const pod = stored.object;
  if (!pod.spec?.volumes) return [];
  const ended = type === 'DELETED' || (isEnded(pod) && !(previous && isEnded(previous.object)));
  return ended ? claimNamesOf(pod).map((name) => claimKey(pod.metadata.namespace as string, name)) : [];
}

const isEnded = ({ status }: KubeObject): boolean => status?.phase === 'Succeeded' || status?.phase === 'Failed';

/** A claim in use outlives its deletion until the last pod lets go of it. Models pkg/controller/volume/pvcprotection. */
export const pvcProtectionController = defineController({
  name: 'pvcprotection',
  component: 'pvc-protection-controller',
  manager: CONTROLLER_MANAGER,
  watches: [self(CLAIMS), mapped(PODS, keysOfPod)],
  reconcile: ({ key, view, api }) => {
    const claim = view.get(key);
    if (!claim) return;
    const held = hasFinalizer(claim, FINALIZER);
    if (!claim.metadata.deletionTimestamp) {
      if (!held) api.update(withFinalizer(claim, FINALIZER));
      return;
    }
    const { namespace, name } = splitKey(key);
    const users = view.indexed('core/pods', 'claim', `${namespace}/${name}`);
    if (held && !users.some((pod) => pod.spec.nodeName && !isEnded(pod))) api.update(withoutFinalizer(claim, FINALIZER));
  },
});
