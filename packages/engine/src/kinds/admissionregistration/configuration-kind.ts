import type { KubeObject } from '../../core/object.ts';
import type { FieldError } from '../../machinery/field.ts';
import type { KindDefinition } from '../../machinery/kind.ts';

export interface Configuration {
  kind: string;
  plural: string;
  defaults: (object: KubeObject) => void;
  validate: (object: KubeObject) => FieldError[];
  columns: KindDefinition['columns'];
}

/** What all kinds of this group are like. */
export const configurationKind = ({ kind, plural, defaults, validate, columns }: Configuration) =>
  ({
    group: 'admissionregistration.k8s.io',
    version: 'v1',
    kind,
    plural,
    categories: ['api-extensions'],
    scope: 'Cluster',
    schema: `admissionregistration.v1.${kind}`,
    updatesNameRevision: true,
    generation: true,
    defaults,
    validate,
    validateUpdate: validate,
    columns,
    exactColumns: true,
  }) satisfies KindDefinition;
