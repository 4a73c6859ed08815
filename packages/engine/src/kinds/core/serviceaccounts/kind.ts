import type { KubeObject } from '../../../core/object.ts';
import { defineKind } from '../../../machinery/kind.ts';
import { columns } from './columns.ts';
import { warnings } from './warnings.ts';

/** Of the secrets only their names are kept. Models cleanSecretReferences in pkg/registry/core/serviceaccount/strategy.go. */
function keepNames(account: KubeObject): void {
  if (account.secrets) account.secrets = account.secrets.map(({ name }: { name?: string }) => (name === undefined ? {} : { name }));
}

export const serviceAccount = defineKind({
  group: '',
  version: 'v1',
  kind: 'ServiceAccount',
  plural: 'serviceaccounts',
  shortNames: ['sa'],
  scope: 'Namespaced',
  schema: 'core.v1.ServiceAccount',
  returnsDeleted: true,
  prepareForCreate: keepNames,
  prepareForUpdate: keepNames,
  warnings,
  columns,
  exactColumns: true,
});
