import type { KubeObject } from '../../../core/object.ts';
import { type FieldError, required, tooMany } from '../../../machinery/field.ts';
import { defineKind } from '../../../machinery/kind.ts';
import { ageColumn, nameColumn } from '../../cells/standard.ts';
import type { Part } from '../../shared/fields.ts';

const SELECTORS_MAX = 32;

/** Models validateSelectorSlice in pkg/apis/resource/validation/validation.go; expressions are compiled elsewhere. */
function validate({ spec }: KubeObject): FieldError[] {
  const selectors: Part[] = spec.selectors ?? [];
  const errors = selectors.length > SELECTORS_MAX ? [tooMany('spec.selectors', selectors.length, SELECTORS_MAX)] : [];
  return [...errors, ...selectors.flatMap((selector, i) => (selector.cel ? [] : [required(`spec.selectors[${i}].cel`)]))];
}

export const deviceClass = defineKind({
  group: 'resource.k8s.io',
  version: 'v1',
  kind: 'DeviceClass',
  plural: 'deviceclasses',
  scope: 'Cluster',
  schema: 'resource.v1.DeviceClass',
  generation: true,
  defaults: (deviceClass) => {
    deviceClass.spec ??= {};
  },
  validate,
  validateUpdate: validate,
  warnings: () => ['spec: devices are described but not allocated in this simulated cluster'],
  columns: [nameColumn, ageColumn],
  exactColumns: true,
});
