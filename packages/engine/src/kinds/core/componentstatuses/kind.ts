import type { KubeObject } from '../../../core/object.ts';
import { defineKind } from '../../../machinery/kind.ts';
import { ApiError } from '../../../machinery/status.ts';
import { columns } from './columns.ts';

const COMPONENTS = ['controller-manager', 'etcd-0', 'scheduler'];

const healthy = (name: string): KubeObject => ({
  kind: 'ComponentStatus',
  apiVersion: 'v1',
  metadata: { name } as KubeObject['metadata'],
  conditions: [{ type: 'Healthy', status: 'True', message: 'ok' }],
});

/** Models pkg/registry/core/componentstatus/rest.go: whoever gets an answer here finds everything well. */
export const componentStatus = defineKind({
  group: '',
  version: 'v1',
  kind: 'ComponentStatus',
  plural: 'componentstatuses',
  shortNames: ['cs'],
  scope: 'Cluster',
  schema: 'core.v1.ComponentStatus',
  verbs: ['get', 'list'],
  deprecation: 'v1 ComponentStatus is deprecated in v1.19+',
  virtual: {
    get: (name) => {
      if (COMPONENTS.includes(name)) return healthy(name);
      throw new ApiError(500, '', `Component not found: ${name}`);
    },
    list: () => COMPONENTS.map(healthy),
  },
  columns,
  exactColumns: true,
});
