import { objectKey } from '../../../core/key.ts';
import { controllerRef } from '../../../machinery/controller.ts';
import { type LabelSelectorObject, type Selector, selectorFor, selectorForSet, selectorOf } from '../../../machinery/selector/index.ts';
import type { Cycle } from '../../framework.ts';

const OWNERS = new Map([
  ['ReplicaSet', 'apps/replicasets'],
  ['StatefulSet', 'apps/statefulsets'],
  ['ReplicationController', 'core/replicationcontrollers'],
]);

/** What selects the pod: its services and its controller together; undefined where nothing does. Models helper.DefaultSelector. */
export function ownersSelector({ pod, view }: Cycle): Selector | undefined {
  let all: Selector | undefined;
  for (const service of view.list('core/services', pod.namespace)) {
    const wanted = service.spec?.selector as Record<string, string> | undefined;
    if (wanted && selectorForSet(wanted).matches(pod.pod.metadata.labels)) all = both(all, selectorForSet(wanted));
  }
  const owner = controllerRef(pod.pod);
  const resource = owner && OWNERS.get(owner.kind);
  const controller = resource ? view.get(objectKey(resource, pod.namespace, owner.name)) : undefined;
  if (controller) {
    const isPlain = owner?.kind === 'ReplicationController';
    all = both(all, isPlain ? selectorForSet(controller.spec?.selector) : selectorFor(controller.spec?.selector as LabelSelectorObject));
  }
  return all && all.requirements.length > 0 ? all : undefined;
}

const joined = new WeakMap<Selector, WeakMap<Selector, Selector>>();

/** The same two make the same selector each time, as the pods of a workload ask one after the other. */
function both(first: Selector | undefined, second: Selector): Selector {
  if (!first) return second;
  let seconds = joined.get(first);
  if (!seconds) {
    seconds = new WeakMap();
    joined.set(first, seconds);
  }
  let made = seconds.get(second);
  if (!made) {
    made = selectorOf([...first.requirements, ...second.requirements]);
    seconds.set(second, made);
  }
  return made;
}
