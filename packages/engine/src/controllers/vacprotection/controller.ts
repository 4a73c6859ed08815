import type { ClusterEvent } from '../../core/event.ts';
import { objectKey, splitKey } from '../../core/key.ts';
import type { KubeObject } from '../../core/object.ts';
import { hasFinalizer, withFinalizer, withoutFinalizer } from '../../kinds/rules/finalizers.ts';
import { ATTRIBUTES_RESOURCE, CLAIM_RESOURCE, VOLUME_RESOURCE } from '../../kinds/rules/volume-binding.ts';
import { defineController } from '../../machinery/controller.ts';
import { CONTROLLER_MANAGER } from '../shared/objects.ts';

const FINALIZER = 'kubernetes.io/vac-protection';

/** Every class of attributes that an object has, is to get, or is on the way to. */
const usedBy = ({ spec, status }: KubeObject): string[] =>
  [spec?.volumeAttributesClassName, status?.currentVolumeAttributesClassName, status?.modifyVolumeStatus?.targetVolumeAttributesClassName].filter(
    Boolean,
  );

const keysOfUser = ({ stored, previous }: ClusterEvent): string[] =>
  [...usedBy(stored.object), ...(previous ? usedBy(previous.object) : [])].map((name) => objectKey(ATTRIBUTES_RESOURCE, '', name));

/** Attributes outlive their deletion until no volume has them. Models pkg/controller/volume/vacprotection. */
export const vacProtectionController = defineController({
  name: 'vacprotection',
  component: 'volumeattributesclass-protection-controller',
  manager: CONTROLLER_MANAGER,
  watches: [
    { resource: ATTRIBUTES_RESOURCE, keys: ({ key }) => [key] },
    { resource: CLAIM_RESOURCE, keys: keysOfUser },
    { resource: VOLUME_RESOURCE, keys: keysOfUser },
  ],
  reconcile: ({ key, view, api }) => {
    const attributes = view.get(key);
    if (!attributes) return;
    const held = hasFinalizer(attributes, FINALIZER);
    if (!attributes.metadata.deletionTimestamp) {
      if (!held) api.update(withFinalizer(attributes, FINALIZER));
      return;
    }
    const { name } = splitKey(key);
    const inUse = [CLAIM_RESOURCE, VOLUME_RESOURCE].some((resource) => view.list(resource).some((object) => usedBy(object).includes(name)));
    if (held && !inUse) api.update(withoutFinalizer(attributes, FINALIZER));
  },
});
