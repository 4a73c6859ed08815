import { objectKey, splitKey } from '../../core/key.ts';
import type { KubeObject } from '../../core/object.ts';
import { defineController, mapped, self } from '../../machinery/controller.ts';
import { CONFIG_MAPS, CONTROLLER_MANAGER, NAMESPACES } from '../shared/objects.ts';

const NAME = 'kube-root-ca.crt';
const RESOURCE = 'core/configmaps';
const DESCRIPTION = 'kubernetes.io/description';
const DESCRIPTION_TEXT =
  'Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.';

const isPublished = ({ data, metadata }: KubeObject, certificate: string): boolean =>
  data?.['ca.crt'] === certificate && Object.keys(data).length === 1 && Boolean(metadata.annotations?.[DESCRIPTION]);

/** Every active namespace has the certificate of the cluster's authority. Models pkg/controller/certificates/rootcacertpublisher. */
export const rootCaController = defineController({
  name: 'rootca',
  component: 'root-ca-certificate-publisher',
  manager: CONTROLLER_MANAGER,
  watches: [
    self(NAMESPACES),
    mapped(CONFIG_MAPS, (event) => {
      const { namespace, name } = splitKey(event.key);
      return name === NAME ? [`core/namespaces//${namespace}`] : [];
    }),
  ],
  reconcile: ({ key, view, api }) => {
    const namespace = view.get(key);
    const certificate = view.runtime<string>('cluster/ca');
    if (!namespace || namespace.metadata.deletionTimestamp || certificate === undefined) return;
    const name = namespace.metadata.name as string;
    const known = view.get(objectKey(RESOURCE, name, NAME));
    if (known && isPublished(known, certificate)) return;
    const annotations = { ...known?.metadata.annotations, [DESCRIPTION]: DESCRIPTION_TEXT };
    const data = { 'ca.crt': certificate };
    if (known) api.update({ ...known, metadata: { ...known.metadata, annotations }, data });
    else api.create(RESOURCE, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: NAME, namespace: name, annotations }, data });
  },
});
