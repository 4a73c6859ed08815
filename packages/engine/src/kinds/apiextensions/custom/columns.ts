import { type Instant, parseRfc3339 } from '../../../core/instant.ts';
import type { KubeObject } from '../../../core/object.ts';
import { humanDuration } from '../../../machinery/age.ts';
import type { Column } from '../../../machinery/kind.ts';
import { nameColumn } from '../../cells/standard.ts';
import { find, parseJsonPath } from './json-path.ts';

/** What the author of a definition asks to be printed. */
export interface PrinterColumn {
  name: string;
  type: string;
  format?: string;
  description?: string;
  priority?: number;
  jsonPath: string;
}

const AGE: PrinterColumn = {
  name: 'Age',
  type: 'date',
  description:
    'CreationTimestamp is a timestamp representing the server time when this object was created. It is not guaranteed to be set in happens-before order across separate operations. Clients may not set this value. It is represented in RFC3339 form and is in UTC.\n\nPopulated by the system. Read-only. Null for lists. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata',
  jsonPath: '.metadata.creationTimestamp',
};

function since(value: unknown, now: Instant): string | null {
  if (typeof value !== 'string') return null;
  const at = parseRfc3339(value);
  return at === undefined ? '<invalid>' : humanDuration(now - at);
}

/** Models cellForJSONValue in pkg/registry/customresource/tableconvertor of k8s.io/apiextensions-apiserver. */
function cell(value: unknown, type: string, now: Instant): string | number | boolean | null {
  switch (type) {
    case 'integer':
      return typeof value === 'number' ? Math.trunc(value) : null;
    case 'number':
      return typeof value === 'number' ? value : null;
    case 'boolean':
      return typeof value === 'boolean' ? value : null;
    case 'date':
      return since(value, now);
    default:
      return typeof value === 'string' ? value : JSON.stringify(value);
  }
}

function columnOf({ name, type, format, description, priority, jsonPath }: PrinterColumn): Column<KubeObject> {
  const path = parseJsonPath(jsonPath);
  return {
    name,
    type: type as Column<KubeObject>['type'],
    ...(format ? { format } : {}),
    description: description || `Custom resource definition column (in JSONPath format): ${jsonPath}`,
    ...(priority ? { priority } : {}),
    cell: (object, { now }) => {
      const value = path && find(object, path)[0];
      return value === undefined || value === null ? null : cell(value, type, now);
    },
  };
}

export const customColumns = (columns: PrinterColumn[] | undefined): Column<KubeObject>[] => [nameColumn, ...(columns ?? [AGE]).map(columnOf)];
