import { objectKey, splitKey } from '../../core/key.ts';
import { defineController, mapped } from '../../machinery/controller.ts';
import { NODES } from '../shared/objects.ts';

const RESOURCE = 'storage.k8s.io/csinodes';
/** The driver behind the default storage class, and how many of its disks a machine takes. */
const DRIVER = 'disk.sim.vivakube.dev';
const DISKS_MAX = 25;

/** Kubelets say which drivers are installed on their nodes. Models pkg/volume/csi/nodeinfomanager. */
export const csiNodeController = defineController({
  name: 'csinode',
  component: 'kubelet',
  manager: 'kubelet',
  watches: [
    mapped(NODES, ({ type, key }) => (type === 'ADDED' ? [splitKey(key).name] : [])),
    { resource: RESOURCE, keys: ({ type, key }) => (type === 'DELETED' ? [splitKey(key).name] : []) },
  ],
  reconcile: ({ key: name, view, api, actAs }) => {
    const node = view.get(objectKey('core/nodes', '', name));
    if (!node || view.runtime(`node/${name}`) === undefined || view.stored(objectKey(RESOURCE, '', name))) return;
    actAs(`system:node:${name}`);
    api.create(RESOURCE, {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'CSINode',
      metadata: { name, ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name, uid: node.metadata.uid as string }] },
      spec: { drivers: [{ name: DRIVER, nodeID: name, topologyKeys: null, allocatable: { count: DISKS_MAX } }] },
    });
  },
});
