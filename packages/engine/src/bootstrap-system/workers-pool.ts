import type { KubeObject } from '../core/object.ts';

/** The workers of a new cluster, named as kind names them. */
export const workersPool = (count: number): KubeObject => ({
  kind: 'NodePool',
  apiVersion: 'sim.vivakube.dev/v1',
  metadata: { name: 'workers' },
  spec: { count, namePrefix: 'vivakube-worker', capacity: { cpu: '4', memory: '8Gi', pods: '110' } },
});
