import type { KubeObject } from '../../../core/object.ts';
import { defineKind, type KindDefinition } from '../../../machinery/kind.ts';
import { customKinds } from '../../apiextensions/custom/custom-kind.ts';
import { NODE_POOL_COLUMNS, NODE_POOL_SCHEMA } from './schema.ts';
import { validate } from './validate.ts';

/** Described as a custom resource would be, so that decoding, OpenAPI and columns come from the schema; but it is there in every cluster. */
const described = customKinds({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'nodepools.sim.vivakube.dev' },
  spec: {
    group: 'sim.vivakube.dev',
    scope: 'Cluster',
    names: { kind: 'NodePool', plural: 'nodepools', singular: 'nodepool', listKind: 'NodePoolList', shortNames: ['np'] },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: { openAPIV3Schema: NODE_POOL_SCHEMA },
        subresources: {
          status: {},
          scale: { specReplicasPath: '.spec.count', statusReplicasPath: '.status.nodes', labelSelectorPath: '.status.selector' },
        },
        additionalPrinterColumns: NODE_POOL_COLUMNS,
      },
    ],
  },
} as KubeObject)[0] as KindDefinition;

const findings = (object: KubeObject, old?: KubeObject) => [...(described.validate?.(object) ?? []), ...validate(object, old)];

export const nodePool = defineKind({ ...described, validate: (object) => findings(object), validateUpdate: findings });
