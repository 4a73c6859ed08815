import type { KubeObject } from '../../../core/object.ts';
import { duplicate, type FieldError } from '../../../machinery/field.ts';
import { semanticEqual, validateImmutable } from '../../shared/equal.ts';
import { type Part, validateDnsLabel } from '../../shared/fields.ts';
import { goStruct } from '../../shared/go/show.ts';
import { validateLabels } from '../../shared/labels.ts';
import { validateTolerations } from '../../shared/podspec/scheduling.ts';
import { validateResourceRequirements } from '../../shared/resources.ts';

// Models ValidateRuntimeClass* in pkg/apis/node/validation/validation.go.

function validateScheduling({ nodeSelector, tolerations = [] }: Part, path: string): FieldError[] {
  const repeated = (tolerations as Part[]).flatMap((toleration, i) =>
    tolerations.slice(0, i).some((other: Part) => semanticEqual(other, toleration))
      ? [duplicate(`${path}.tolerations[${i}]`, goStruct('Toleration', toleration))]
      : [],
  );
  return [...validateLabels(nodeSelector, `${path}.nodeSelector`), ...validateTolerations(tolerations, `${path}.tolerations`), ...repeated];
}

export const validate = ({ handler = '', overhead, scheduling }: KubeObject): FieldError[] => [
  ...validateDnsLabel(handler, 'handler'),
  ...(overhead ? validateResourceRequirements({ limits: overhead.podFixed }, 'overhead', { claimNames: new Set() }) : []),
  ...(scheduling ? validateScheduling(scheduling, 'scheduling') : []),
];

export const validateUpdate = (runtimeClass: KubeObject, old: KubeObject): FieldError[] => [
  ...validate(runtimeClass),
  ...validateImmutable(runtimeClass.handler, old.handler, 'handler'),
];
