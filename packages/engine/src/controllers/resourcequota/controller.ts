import type { ClusterEvent } from '../../core/event.ts';
import { equalJson } from '../../core/json.ts';
import { splitKey } from '../../core/key.ts';
import type { View } from '../../core/txn.ts';
import { isOver } from '../../machinery/admission/quota/pods.ts';
import { defineController } from '../../machinery/controller.ts';
import { CONTROLLER_MANAGER } from '../shared/objects.ts';
import { usedOf } from './used.ts';

const RESOURCE = 'core/resourcequotas';

/** A count that admission or this controller wrote is no news. */
const isNews = ({ stored, previous }: ClusterEvent): boolean => !previous || !equalJson(previous.object.spec ?? {}, stored.object.spec ?? {});

/** Something is given back to the quotas of its namespace. */
const quotasBeside = ({ key }: ClusterEvent, view: View): string[] => {
  const { namespace } = splitKey(key);
  return namespace === '' ? [] : view.list(RESOURCE, namespace).map(({ metadata }) => `${RESOURCE}/${namespace}/${metadata.name}`);
};

const quotasOfEnded = (event: ClusterEvent, view: View): string[] =>
  event.previous && isOver(event.stored.object) && !isOver(event.previous.object) ? quotasBeside(event, view) : [];

/** Counts what quotas bound, where admission cannot: when something goes or needs less. Models pkg/controller/resourcequota. */
export const resourceQuotaController = defineController({
  name: 'resourcequota',
  component: 'resourcequota-controller',
  manager: CONTROLLER_MANAGER,
  watches: [
    { resource: RESOURCE, types: ['ADDED', 'MODIFIED'], keys: (event) => (isNews(event) ? [event.key] : []) },
    { resource: 'core/pods', types: ['MODIFIED'], keys: quotasOfEnded },
    { resource: 'core/services', types: ['MODIFIED'], keys: quotasBeside },
    { resource: 'core/persistentvolumeclaims', types: ['MODIFIED'], keys: quotasBeside },
    { resource: '*', types: ['DELETED'], keys: quotasBeside },
  ],
  reconcile: ({ key, view, api }) => {
    const quota = view.get(key);
    if (!quota) return;
    const status = { hard: quota.spec?.hard ?? {}, used: usedOf(quota, view) };
    if (!equalJson(quota.status ?? {}, status)) api.updateStatus({ ...quota, status });
  },
});
