import type { KubeObject } from '../../../core/object.ts';
import { ageColumn, nameColumn, text } from '../../cells/standard.ts';
import { sortedKeys } from '../../shared/fields.ts';

const usage = ({ status }: KubeObject, ofLimits: boolean): string =>
  sortedKeys(status?.hard)
    .filter((name) => name.startsWith('limits.') === ofLimits)
    .map((name) => `${name}: ${status.used?.[name] ?? '0'}/${status.hard[name]}`)
    .join(', ');

// Models printResourceQuota in pkg/printers/internalversion/printers.go.
export const columns = [
  nameColumn,
  text('Request', 'Request represents a minimum amount of cpu/memory that a container may consume.', (quota) => usage(quota, false)),
  text('Limit', 'Limits control the maximum amount of cpu/memory that a container may use independent of contention on the node.', (quota) =>
    usage(quota, true),
  ),
  ageColumn,
];
