import { ageColumn, integer, nameColumn } from '../../cells/standard.ts';
import { type Configuration, configurationKind } from '../configuration-kind.ts';
import { validate, warnings } from './validate.ts';

/** Models printValidatingWebhook and its mutating twin in pkg/printers/internalversion/printers.go. */
export const webhooksKind = (names: Pick<Configuration, 'kind' | 'plural' | 'defaults'>) => ({
  ...configurationKind({
    ...names,
    validate,
    columns: [
      nameColumn,
      integer('Webhooks', 'Webhooks indicates the number of webhooks registered in this configuration', ({ webhooks }) => webhooks?.length ?? 0),
      ageColumn,
    ],
  }),
  warnings,
});
