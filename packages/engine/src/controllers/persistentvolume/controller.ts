import type { ClusterEvent } from '../../core/event.ts';
import type { Instant } from '../../core/instant.ts';
import { splitKey } from '../../core/key.ts';
import type { View } from '../../core/txn.ts';
import {
  ATTRIBUTES_RESOURCE,
  CLAIM_RESOURCE,
  CLASS_RESOURCE,
  claimKey,
  storageClassOf,
  VOLUME_RESOURCE,
  volumeKey,
} from '../../kinds/rules/volume-binding.ts';
import { defineController } from '../../machinery/controller.ts';
import { CONTROLLER_MANAGER } from '../shared/objects.ts';
import { syncClaim } from './claim.ts';
import { forgetProvisioning } from './provision.ts';
import { forgetSaid } from './say.ts';
import { clonesOf } from './source.ts';
import { syncVolume } from './volume.ts';

const claimsWithout = (view: View, storageClass: string): string[] =>
  view.indexed(CLAIM_RESOURCE, 'unbound', storageClass).map(({ metadata }) => claimKey(metadata.namespace as string, metadata.name as string));

/** Claims of the class, and those without one: it may be the default now. */
const keysOfClass = (event: ClusterEvent, view: View): string[] => [...claimsWithout(view, splitKey(event.key).name), ...claimsWithout(view, '')];

/** The volume itself, the claim it names or named, and claims that it may suit. */
function keysOfVolume(event: ClusterEvent, view: View): string[] {
  const keys = [event.key];
  for (const object of [event.stored.object, event.previous?.object]) {
    const ref = object?.spec?.claimRef;
    if (ref) keys.push(claimKey(ref.namespace, ref.name));
  }
  const { spec, status } = event.stored.object;
  if (event.type !== 'DELETED' && !spec?.claimRef && status?.phase === 'Available')
    keys.push(...claimsWithout(view, storageClassOf(event.stored.object)));
  return keys;
}

function keysOfClaim(event: ClusterEvent, view: View): string[] {
  const { namespace, name } = splitKey(event.key);
  const keys = [event.key, ...clonesOf(view, namespace, name)];
  const named = event.stored.object.spec?.volumeName;
  if (named) keys.push(volumeKey(named));
  for (const volume of view.indexed(VOLUME_RESOURCE, 'claim', `${namespace}/${name}`)) keys.push(volumeKey(volume.metadata.name as string));
  return keys;
}

/** Brings claims and volumes together, provisions what is missing and reclaims what is left. Models pkg/controller/volume/persistentvolume. */
export const persistentVolumeController = defineController({
  name: 'persistentvolume',
  component: 'persistentvolume-controller',
  manager: CONTROLLER_MANAGER,
  watches: [
    { resource: CLAIM_RESOURCE, keys: keysOfClaim },
    { resource: VOLUME_RESOURCE, keys: keysOfVolume },
    { resource: CLASS_RESOURCE, keys: keysOfClass },
    {
      resource: ATTRIBUTES_RESOURCE,
      keys: ({ type }, view) => (type === 'ADDED' ? view.list(CLASS_RESOURCE).flatMap((c) => claimsWithout(view, c.metadata.name as string)) : []),
    },
  ],
  reconcile: (context): Instant | undefined => {
    const { key, view } = context;
    const object = view.get(key);
    if (object) return splitKey(key).resource === VOLUME_RESOURCE ? syncVolume(context, object) : syncClaim(context, object);
    forgetProvisioning(context);
    forgetSaid(context);
    return undefined;
  },
});
