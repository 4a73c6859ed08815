import { objectKey } from '../../../core/key.ts';
import type { KubeObject } from '../../../core/object.ts';
import { forbiddenField, invalidObject } from '../../../machinery/field.ts';
import type { KindContext } from '../../../machinery/kind.ts';
import type { Part } from '../../shared/fields.ts';

const LABEL = 'resource.kubernetes.io/admin-access';

/** Looking after devices that others use is for labelled namespaces only. Models AuthorizedForAdmin in pkg/registry/resource/utils.go. */
export function refuseAdminAccess(spec: Part, { kind, metadata }: Pick<KubeObject, 'kind' | 'metadata'>, { view }: KindContext): void {
  const at = ((spec.devices?.requests ?? []) as Part[]).findIndex(({ exactly }) => exactly?.adminAccess === true);
  if (at < 0) return;
  const labels = view.get(objectKey('core/namespaces', '', metadata.namespace as string))?.metadata.labels;
  if (labels && Object.hasOwn(labels, LABEL) && labels[LABEL] === 'true') return;
  const detail = `admin access to devices requires the \`${LABEL}: true\` label on the containing namespace`;
  throw invalidObject('resource.k8s.io', kind, metadata.name ?? '', [forbiddenField(`spec.devices.requests[${at}].adminAccess`, detail)]);
}
