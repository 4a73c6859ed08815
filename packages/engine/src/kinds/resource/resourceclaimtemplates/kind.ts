import { defineKind } from '../../../machinery/kind.ts';
import { ageColumn, nameColumn } from '../../cells/standard.ts';
import { refuseAdminAccess } from '../../rules/devices/admin-access.ts';
import { defaultClaimSpec, validateClaimSpec } from '../../rules/devices/claim.ts';
import { validateImmutable } from '../../shared/equal.ts';
import { goStruct } from '../../shared/go/show.ts';
import { validateAnnotations, validateLabels } from '../../shared/labels.ts';
import { claimWarnings } from '../warnings.ts';

export const resourceClaimTemplate = defineKind({
  group: 'resource.k8s.io',
  version: 'v1',
  kind: 'ResourceClaimTemplate',
  plural: 'resourceclaimtemplates',
  scope: 'Namespaced',
  schema: 'resource.v1.ResourceClaimTemplate',
  defaults: (template) => {
    template.spec ??= {};
    template.spec.spec ??= {};
    defaultClaimSpec(template.spec.spec);
  },
  validate: ({ spec }) => [
    ...validateLabels(spec.metadata?.labels, 'spec.metadata.labels'),
    ...validateAnnotations(spec.metadata?.annotations, 'spec.metadata.annotations'),
    ...validateClaimSpec(spec.spec, 'spec.spec'),
  ],
  validateUpdate: ({ spec }, old) => validateImmutable(spec, old.spec, 'spec', (value) => goStruct('ResourceClaimTemplateSpec', value)),
  prepareForCreate: ({ spec, metadata }, context) => refuseAdminAccess(spec.spec, { kind: 'ResourceClaimTemplate', metadata }, context),
  warnings: ({ spec }) => claimWarnings(spec.spec, 'spec.spec'),
  columns: [nameColumn, ageColumn],
  exactColumns: true,
});
