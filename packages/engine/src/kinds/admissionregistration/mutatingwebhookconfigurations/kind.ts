import { defineKind } from '../../../machinery/kind.ts';
import { ageColumn, integer, nameColumn } from '../../cells/standard.ts';
import { defaultMutatingWebhooks } from '../webhooks/defaults.ts';
import { validate, warnings } from '../webhooks/validate.ts';

export const mutatingWebhookConfiguration = defineKind({
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  kind: 'MutatingWebhookConfiguration',
  plural: 'mutatingwebhookconfigurations',
  categories: ['api-extensions'],
  scope: 'Cluster',
  schema: 'admissionregistration.v1.MutatingWebhookConfiguration',
  updatesNameRevision: true,
  generation: true,
  defaults: defaultMutatingWebhooks,
  validate,
  validateUpdate: validate,
  warnings,
  // Models printMutatingWebhook in pkg/printers/internalversion/printers.go.
  columns: [
    nameColumn,
    integer('Webhooks', 'Webhooks indicates the number of webhooks registered in this configuration', ({ webhooks }) => webhooks?.length ?? 0),
    ageColumn,
  ],
  exactColumns: true,
});
