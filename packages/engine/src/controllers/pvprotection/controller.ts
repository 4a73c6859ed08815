import { hasFinalizer, withFinalizer, withoutFinalizer } from '../../kinds/rules/finalizers.ts';
import { defineController, self } from '../../machinery/controller.ts';
import { CONTROLLER_MANAGER, VOLUMES } from '../shared/objects.ts';

const FINALIZER = 'kubernetes.io/pv-protection';

/** A volume outlives its deletion for as long as it is bound. Models pkg/controller/volume/pvprotection. */
export const pvProtectionController = defineController({
  name: 'pvprotection',
  component: 'pv-protection-controller',
  manager: CONTROLLER_MANAGER,
  watches: [self(VOLUMES)],
  reconcile: ({ key, view, api }) => {
    const volume = view.get(key);
    if (!volume) return;
    const held = hasFinalizer(volume, FINALIZER);
    if (!volume.metadata.deletionTimestamp) {
      if (!held) api.update(withFinalizer(volume, FINALIZER));
    } else if (held && volume.status?.phase !== 'Bound') {
      api.update(withoutFinalizer(volume, FINALIZER));
    }
  },
});
