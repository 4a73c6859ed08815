import { objectKey } from '../../core/key.ts';
import type { KubeObject } from '../../core/object.ts';
import type { Reconcile } from '../../machinery/controller.ts';
import { resourceOf } from '../../machinery/kind.ts';
import { PODS, type Pod } from '../shared/objects.ts';
import { isTracked, withoutTracking } from './pods.ts';

/** Takes the finalizer off a pod as it is now, if it is still there. */
export function untrack({ api, view }: Reconcile, pod: Pod): void {
  const latest = view.get(objectKey(resourceOf(PODS), pod.metadata.namespace, pod.metadata.name)) as unknown as Pod | undefined;
  if (latest?.metadata.uid === pod.metadata.uid && isTracked(latest)) api.update(withoutTracking(latest) as KubeObject);
}
