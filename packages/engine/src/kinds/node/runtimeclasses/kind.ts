import { defineKind } from '../../../machinery/kind.ts';
import { ageColumn, nameColumn, text } from '../../cells/standard.ts';
import { sortedKeys } from '../../shared/fields.ts';
import { deprecatedLabel } from '../../shared/podspec/warnings/node-labels.ts';
import { validate, validateUpdate } from './validate.ts';

const HANDLER_DESCRIPTION =
  'handler specifies the underlying runtime and configuration that the CRI implementation will use to handle pods of this class. The possible values are specific to the node & CRI configuration.  It is assumed that all handlers are available on every node, and handlers of the same name are equivalent on every node. For example, a handler called "runc" might specify that the runc OCI runtime (using native Linux containers) will be used to run the containers in a pod. The Handler must be lowercase, conform to the DNS Label (RFC 1123) requirements, and is immutable.';

const deprecated = (label: string, path: string): string[] => {
  const why = deprecatedLabel(label);
  return why === undefined ? [] : [`${path}: ${why}`];
};

export const runtimeClass = defineKind({
  group: 'node.k8s.io',
  version: 'v1',
  kind: 'RuntimeClass',
  plural: 'runtimeclasses',
  scope: 'Cluster',
  schema: 'node.v1.RuntimeClass',
  updatesNameRevision: true,
  validate,
  validateUpdate,
  // Models GetWarningsForRuntimeClass in pkg/api/node/util.go.
  warnings: ({ scheduling }) => sortedKeys(scheduling?.nodeSelector).flatMap((label) => deprecated(label, 'scheduling.nodeSelector')),
  // Models printRuntimeClass in pkg/printers/internalversion/printers.go.
  columns: [nameColumn, text('Handler', HANDLER_DESCRIPTION, ({ handler }) => handler ?? ''), ageColumn],
  exactColumns: true,
});
