import { defineController } from '../../machinery/controller.ts';
import { REPLICATION_CONTROLLERS } from '../shared/objects.ts';
import { replicaController } from '../shared/replicas/controller.ts';

// Models pkg/controller/replication, which runs the ReplicaSet controller over converted objects.
export const replicationControllerController = defineController(
  replicaController({
    name: 'replicationcontroller',
    component: 'replication-controller',
    kind: REPLICATION_CONTROLLERS,
    reportsTerminating: false,
    replicasOf: (owner) => {
      const { replicas = 1, minReadySeconds = 0, selector, template = {} } = owner.spec ?? {};
      return { owner, desired: replicas, minReadySeconds, selector: selector && { matchLabels: selector }, template };
    },
  }),
);
