import type { KubeObject } from '../../../core/object.ts';
import type { FieldError } from '../../../machinery/field.ts';
import { allNonNegative, notGreater } from '../../rules/numbers.ts';
import { validateTemplateForReplicaSet } from '../../rules/pod-template.ts';
import { validateWorkloadSelector } from '../../rules/selector.ts';
import { validateImmutable } from '../../shared/equal.ts';
import { type Part, validateNonNegative } from '../../shared/fields.ts';
import { goSelector } from '../../shared/go/show.ts';

// Models ValidateReplicaSet* in pkg/apis/apps/validation/validation.go; "deployment" in the selector's text is upstream's own slip.
const validateSpec = (spec: Part, path: string): FieldError[] => [
  ...validateNonNegative(spec.replicas, `${path}.replicas`),
  ...validateNonNegative(spec.minReadySeconds, `${path}.minReadySeconds`),
  ...validateWorkloadSelector(spec.selector, `${path}.selector`, 'deployment'),
  ...validateTemplateForReplicaSet(spec, path),
];

export const validate = (replicaSet: KubeObject): FieldError[] => validateSpec(replicaSet.spec, 'spec');

export const validateUpdate = (replicaSet: KubeObject, old: KubeObject): FieldError[] => [
  ...validateSpec(replicaSet.spec, 'spec'),
  ...validateImmutable(replicaSet.spec.selector, old.spec?.selector, 'spec.selector', goSelector),
];

const COUNTS = ['replicas', 'fullyLabeledReplicas', 'readyReplicas', 'availableReplicas', 'terminatingReplicas', 'observedGeneration'];

export function validateStatusUpdate({ status = {} }: KubeObject): FieldError[] {
  return [
    ...allNonNegative(status, COUNTS, 'status'),
    ...['fullyLabeledReplicas', 'readyReplicas', 'availableReplicas'].flatMap((field) =>
      notGreater(status[field], status.replicas, `status.${field}`, 'cannot be greater than status.replicas'),
    ),
    ...notGreater(status.availableReplicas, status.readyReplicas, 'status.availableReplicas', 'cannot be greater than readyReplicas'),
  ];
}
