import { splitKey } from '../../core/key.ts';
import type { KubeObject } from '../../core/object.ts';
import { defineController, self, type Watch } from '../../machinery/controller.ts';
import { CONTROLLER_MANAGER, NAMESPACES } from '../shared/objects.ts';
import { deletionConditions } from './conditions.ts';
import { sweep } from './contents.ts';

const FINALIZER = 'kubernetes';

const isTerminating = (namespace: KubeObject | undefined): boolean => namespace?.metadata.deletionTimestamp !== undefined;

/** Whatever goes in a namespace that is being deleted may have been the last. */
const departures: Watch = {
  resource: '*',
  types: ['DELETED'],
  keys: (event, view) => {
    const { namespace } = splitKey(event.key);
    const key = `core/namespaces//${namespace}`;
    return namespace !== '' && isTerminating(view.get(key)) ? [key] : [];
  },
};

/** Models pkg/controller/namespace. */
export const namespaceController = defineController({
  name: 'namespace',
  component: 'namespace-controller',
  manager: CONTROLLER_MANAGER,
  watches: [self(NAMESPACES), departures],
  reconcile: (context) => {
    const namespace = context.view.get(context.key);
    if (!namespace || !isTerminating(namespace)) return;
    const finalizers: string[] = namespace.spec?.finalizers ?? [];
    if (!finalizers.includes(FINALIZER)) return;
    const swept = sweep(context, namespace.metadata.name as string);
    const conditions = deletionConditions(namespace.status?.conditions ?? [], swept, context.now);
    const reported = context.api.updateStatus({ ...namespace, status: { ...namespace.status, phase: 'Terminating', conditions } });
    if (swept.remaining.length > 0 || swept.failures.length > 0) return;
    context.api.update({ ...reported, spec: { ...reported.spec, finalizers: finalizers.filter((f) => f !== FINALIZER) } }, 'finalize');
  },
});
