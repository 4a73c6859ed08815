import type { KubeObject } from '../../../core/object.ts';
import type { Part } from '../../shared/fields.ts';

const WEBHOOK_PORT = 443;

// Models SetDefaults_CustomResourceDefinitionSpec in pkg/apis/apiextensions/v1/defaults.go of k8s.io/apiextensions-apiserver.
export function defaults(definition: KubeObject): void {
  definition.spec ??= {};
  const { spec } = definition;
  spec.names ??= {};
  spec.names.singular ||= (spec.names.kind ?? '').toLowerCase();
  if (spec.names.kind) spec.names.listKind ||= `${spec.names.kind}List`;
  spec.conversion ??= { strategy: 'None' };
  if (spec.conversion.webhook?.clientConfig?.service) spec.conversion.webhook.clientConfig.service.port ??= WEBHOOK_PORT;
}

/** The version that objects are stored in is remembered from the moment it is chosen. */
export function storeVersion(definition: KubeObject): void {
  const stored: string[] = definition.status?.storedVersions ?? [];
  const names: string[] = (definition.spec.versions ?? []).filter((version: Part) => version.storage).map((version: Part) => version.name);
  const added = names.slice(0, 1).filter((name) => !stored.includes(name));
  definition.status = { conditions: [], acceptedNames: { plural: '', kind: '' }, ...definition.status, storedVersions: [...stored, ...added] };
}
