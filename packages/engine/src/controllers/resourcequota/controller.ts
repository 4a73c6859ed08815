import type { ClusterEvent } from '../../core/event.ts';
import { equalJson } from '../../core/json.ts';
import { splitKey } from '../../core/key.ts';
import type { View } from '../../core/txn.ts';
import { isOver } from '../../machinery/admission/quota/pods.ts';
import { defineController } from '../../machinery/controller.ts';
import { CONTROLLER_MANAGER } from '../shared/objects.ts';
import { usedOf } from './used.ts';

const RESOURCE = 'core/resourcequotas';
const CHANGING: readonly string[] = ['core/services', 'core/persistentvolumeclaims'];

/** Counts what quotas bound, where admission cannot: when something goes or needs less. Models pkg/controller/resourcequota. */
export const resourceQuotaController = defineController({
  name: 'resourcequota',
  component: 'resourcequota-controller',
  manager: CONTROLLER_MANAGER,
  watches: [{ resource: '*', keys: woken }],
  reconcile: ({ key, view, api }) => {
    const quota = view.get(key);
    if (!quota) return;
    const status = { hard: quota.spec?.hard ?? {}, used: usedOf(quota, view) };
    if (!equalJson(quota.status ?? {}, status)) api.updateStatus({ ...quota, status });
  },
});

function woken(event: ClusterEvent, view: View): string[] {
  const { resource, namespace } = splitKey(event.key);
  if (resource === RESOURCE && event.type !== 'DELETED') return isNews(event) ? [event.key] : [];
  if (namespace === '' || !givesBack(event, resource)) return [];
  return view.list(RESOURCE, namespace).map(({ metadata }) => `${RESOURCE}/${namespace}/${metadata.name}`);
}

/** A count that admission or this controller wrote is no news. */
const isNews = ({ stored, previous }: ClusterEvent): boolean => !previous || !equalJson(previous.object.spec ?? {}, stored.object.spec ?? {});

function givesBack({ type, stored, previous }: ClusterEvent, resource: string): boolean {
  if (type === 'DELETED') return true;
  if (type === 'ADDED' || !previous) return false;
  if (resource === 'core/pods') return isOver(stored.object) && !isOver(previous.object);
  return CHANGING.includes(resource);
}
