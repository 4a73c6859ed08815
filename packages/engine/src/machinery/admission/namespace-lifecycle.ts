import { objectKey } from '../../core/key.ts';
import type { AdmissionPlugin } from '../machine.ts';
import { ApiError, forbidden, notFound } from '../status.ts';
import { aboutOf } from './subject.ts';

const IMMORTAL: readonly string[] = ['default', 'kube-system', 'kube-public'];

/** Nothing enters a namespace that is missing or going. Models k8s.io/apiserver/pkg/admission/plugin/namespace/lifecycle. */
export const namespaceLifecycle: AdmissionPlugin = {
  name: 'NamespaceLifecycle',
  admit: (attributes) => {
    const { operation, kind, namespace, txn } = attributes;
    if (operation !== 'CREATE' || kind.scope !== 'Namespaced') return;
    const found = txn.get(objectKey('core/namespaces', '', namespace));
    if (!found) throw notFound('', 'namespaces', namespace);
    if (!found.metadata.deletionTimestamp) return;
    const refused = forbidden(
      kind.group,
      kind.plural,
      aboutOf(attributes),
      `unable to create new content in namespace ${namespace} because it is being terminated`,
    );
    const cause = { reason: 'NamespaceTerminating', message: `namespace ${namespace} is being terminated`, field: 'metadata.namespace' };
    throw new ApiError(403, 'Forbidden', refused.message, { ...refused.status.details, causes: [cause] });
  },
  validate: ({ operation, kind, name }) => {
    if (operation === 'DELETE' && kind.group === '' && kind.plural === 'namespaces' && IMMORTAL.includes(name)) {
      throw forbidden('', 'namespaces', name, 'this namespace may not be deleted');
    }
  },
};
