import { objectKey, splitKey } from '../../core/key.ts';
import { defineController, mapped, self } from '../../machinery/controller.ts';
import { CONTROLLER_MANAGER, NAMESPACES, SERVICE_ACCOUNTS } from '../shared/objects.ts';

const NAME = 'default';
const RESOURCE = 'core/serviceaccounts';

/** Every active namespace has a ServiceAccount for pods that name none. Models pkg/controller/serviceaccount/serviceaccounts_controller.go. */
export const serviceAccountController = defineController({
  name: 'serviceaccount',
  component: 'service-account-controller',
  manager: CONTROLLER_MANAGER,
  watches: [
    self(NAMESPACES),
    mapped(SERVICE_ACCOUNTS, (event) => {
      const { namespace, name } = splitKey(event.key);
      return event.type === 'DELETED' && name === NAME ? [`core/namespaces//${namespace}`] : [];
    }),
  ],
  reconcile: ({ key, view, api }) => {
    const namespace = view.get(key);
    if (!namespace || namespace.metadata.deletionTimestamp) return;
    const { name } = namespace.metadata;
    if (view.stored(objectKey(RESOURCE, name, NAME))) return;
    api.create(RESOURCE, { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: NAME, namespace: name as string } });
  },
});
