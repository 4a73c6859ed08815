import type { KubeObject } from '../../../core/object.ts';
import { defineKind } from '../../../machinery/kind.ts';
import { defaultPodSpec } from '../../shared/podspec/defaults.ts';
import { validatePodTemplateSpec } from '../../shared/podspec/template.ts';
import { templateWarnings } from '../../shared/podspec/warnings/pod.ts';
import { columns } from './columns.ts';

const validate = (object: KubeObject) => validatePodTemplateSpec(object.template, 'template');

export const podTemplate = defineKind({
  group: '',
  version: 'v1',
  kind: 'PodTemplate',
  plural: 'podtemplates',
  scope: 'Namespaced',
  schema: 'core.v1.PodTemplate',
  generation: true,
  defaults: (object) => {
    object.template ??= {};
    object.template.metadata ??= {};
    object.template.spec ??= {};
    defaultPodSpec(object.template.spec);
  },
  validate,
  validateUpdate: validate,
  warnings: (object) => templateWarnings(object.template, 'template'),
  returnsDeleted: true,
  columns,
  exactColumns: true,
});
