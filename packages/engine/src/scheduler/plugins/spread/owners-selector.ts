import { objectKey } from '../../../core/key.ts';
import { controllerRef } from '../../../machinery/controller.ts';
import {
  type LabelSelectorObject,
  type Requirement,
  type Selector,
  selectorFor,
  selectorForSet,
  selectorOf,
} from '../../../machinery/selector/index.ts';
import type { Cycle } from '../../framework.ts';

const OWNERS = new Map([
  ['ReplicaSet', 'apps/replicasets'],
  ['StatefulSet', 'apps/statefulsets'],
  ['ReplicationController', 'core/replicationcontrollers'],
]);

/** What selects the pod: its services and its controller together; undefined where nothing does. Models helper.DefaultSelector. */
export function ownersSelector({ pod, view }: Cycle): Selector | undefined {
  const requirements: Requirement[] = [];
  for (const service of view.list('core/services', pod.namespace)) {
    const wanted = service.spec?.selector as Record<string, string> | undefined;
    if (wanted && selectorForSet(wanted).matches(pod.pod.metadata.labels)) requirements.push(...selectorForSet(wanted).requirements);
  }
  const owner = controllerRef(pod.pod);
  const resource = owner && OWNERS.get(owner.kind);
  const controller = resource ? view.get(objectKey(resource, pod.namespace, owner.name)) : undefined;
  if (controller) {
    const selector =
      owner?.kind === 'ReplicationController'
        ? selectorForSet(controller.spec?.selector)
        : selectorFor(controller.spec?.selector as LabelSelectorObject);
    requirements.push(...selector.requirements);
  }
  return requirements.length === 0 ? undefined : selectorOf(requirements);
}
