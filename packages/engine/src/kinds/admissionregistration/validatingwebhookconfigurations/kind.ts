import { defineKind } from '../../../machinery/kind.ts';
import { ageColumn, integer, nameColumn } from '../../cells/standard.ts';
import { defaultWebhooks } from '../webhooks/defaults.ts';
import { validate, warnings } from '../webhooks/validate.ts';

export const validatingWebhookConfiguration = defineKind({
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  kind: 'ValidatingWebhookConfiguration',
  plural: 'validatingwebhookconfigurations',
  categories: ['api-extensions'],
  scope: 'Cluster',
  schema: 'admissionregistration.v1.ValidatingWebhookConfiguration',
  updatesNameRevision: true,
  generation: true,
  defaults: defaultWebhooks,
  validate,
  validateUpdate: validate,
  warnings,
  // Models printValidatingWebhook in pkg/printers/internalversion/printers.go.
  columns: [
    nameColumn,
    integer('Webhooks', 'Webhooks indicates the number of webhooks registered in this configuration', ({ webhooks }) => webhooks?.length ?? 0),
    ageColumn,
  ],
  exactColumns: true,
});
