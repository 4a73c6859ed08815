import { splitKey } from '../../core/key.ts';
import type { KubeObject } from '../../core/object.ts';
import { defineController, mapped } from '../../machinery/controller.ts';
import { NODES, PODS } from '../shared/objects.ts';

const MIRROR = 'kubernetes.io/config.mirror';
const PREFIX = 'static/';

/** The manifest that a node's kubelet finds in its directory, under `static/<pod key>`. */
export const manifestKey = (podKey: string): string => PREFIX + podKey;

/** The API's images of static pods: one that is deleted is there again, as long as its node is. Models pkg/kubelet/pod/mirror_client.go. */
export const staticPodController = defineController({
  name: 'staticpod',
  component: 'kubelet',
  manager: 'kubelet',
  watches: [
    mapped(PODS, ({ type, key, stored }) => (type === 'DELETED' && stored.object.metadata.annotations?.[MIRROR] ? [key] : [])),
    mapped(NODES, ({ type, key }, view) => {
      if (type !== 'ADDED') return [];
      const { name } = splitKey(key);
      const keys = view.runtimeKeys(PREFIX).filter((at) => view.runtime<KubeObject>(at)?.spec.nodeName === name);
      return keys.map((at) => at.slice(PREFIX.length));
    }),
  ],
  reconcile: ({ key, view, api, actAs }) => {
    const manifest = view.runtime<KubeObject>(manifestKey(key));
    if (!manifest || view.stored(key)) return;
    const node = view.get(`core/nodes//${manifest.spec.nodeName}`);
    if (!node) return;
    actAs(`system:node:${manifest.spec.nodeName}`);
    const ownerReferences = manifest.metadata.ownerReferences?.map((ref) => ({ ...ref, uid: node.metadata.uid as string }));
    api.create('core/pods', { ...manifest, metadata: { ...manifest.metadata, ...(ownerReferences ? { ownerReferences } : {}) } });
  },
});
