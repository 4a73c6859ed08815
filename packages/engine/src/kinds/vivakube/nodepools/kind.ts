import { equalJson } from '../../../core/json.ts';
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

const SHAPE = ['zone', 'region', 'architecture', 'labels', 'taints', 'capacity', 'gpu'] as const;

/** Machines do not change under those who use them. */
const warnings = ({ spec }: KubeObject, old?: KubeObject): string[] =>
  SHAPE.filter((field) => old && !equalJson(spec?.[field], old.spec?.[field])).map(
    (field) => `spec.${field}: the pool's present nodes stay as they are; nodes that are added from now on have it`,
  );

export const nodePool = defineKind({
  ...described,
  validate: (object) => findings(object),
  validateUpdate: findings,
  warnings: (object, old) => [...(described.warnings?.(object, old) ?? []), ...warnings(object, old)],
});
