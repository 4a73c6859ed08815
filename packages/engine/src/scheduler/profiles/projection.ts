import { objectKey } from '../../core/key.ts';
import type { KubeObject } from '../../core/object.ts';
import type { Projection } from '../../core/projection.ts';
import type { View } from '../../core/txn.ts';
import type { PodObject } from '../../kinds/shared/pod.ts';
import { SCHEDULER_NAME } from '../active.ts';
import { type Configuration, configurationOf } from './configuration.ts';
import type { Profile } from './profile.ts';

/** Where the schedulers of the cluster are described. */
export const CONFIGURATION_KEY = objectKey('core/configmaps', 'kube-system', 'kube-scheduler');

/** The schedulers that the cluster's configuration describes; the default one where it has none, or none that can be read. */
export const schedulerProfiles: Projection<{ current: Configuration }> = {
  name: 'scheduler-profiles',
  build: (view) => ({ current: configurationOf(view.get(CONFIGURATION_KEY)) }),
  apply: (value, { key, type, stored }) => {
    if (key === CONFIGURATION_KEY) value.current = configurationOf(type === 'DELETED' ? undefined : (stored.object as KubeObject));
  },
};

/** The scheduler that a pod asks for; undefined where it is none of ours. */
export const profileFor = (view: View, pod: PodObject): Profile | undefined =>
  view.project(schedulerProfiles).current.profiles.get(pod.spec.schedulerName ?? SCHEDULER_NAME);
