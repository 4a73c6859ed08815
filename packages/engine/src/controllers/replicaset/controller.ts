import { defineController } from '../../machinery/controller.ts';
import { REPLICA_SETS, type ReplicaSet } from '../shared/objects.ts';
import { replicaController } from '../shared/replicas/controller.ts';

// Models pkg/controller/replicaset.
export const replicaSetController = defineController(
  replicaController({
    name: 'replicaset',
    component: 'replicaset-controller',
    kind: REPLICA_SETS,
    reportsTerminating: true,
    replicasOf: (owner) => {
      const { spec } = owner as unknown as ReplicaSet;
      return {
        owner,
        desired: spec.replicas ?? 1,
        minReadySeconds: spec.minReadySeconds ?? 0,
        selector: spec.selector,
        template: spec.template ?? {},
      };
    },
  }),
);
