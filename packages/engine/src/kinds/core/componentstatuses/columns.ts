import type { KubeObject } from '../../../core/object.ts';
import type { Column } from '../../../machinery/kind.ts';
import { nameColumn } from '../../cells/standard.ts';

const healthOf = ({ conditions }: KubeObject): { status?: string; message?: string; error?: string } =>
  (conditions ?? []).find((condition: { type: string }) => condition.type === 'Healthy') ?? {};

const STATES: Readonly<Record<string, string>> = { True: 'Healthy', False: 'Unhealthy' };

// Models printComponentStatus in pkg/printers/internalversion/printers.go.
export const columns: Column<KubeObject>[] = [
  nameColumn,
  {
    name: 'Status',
    type: 'string',
    description: 'Status of the component conditions',
    cell: (object) => STATES[healthOf(object).status ?? ''] ?? 'Unknown',
  },
  {
    name: 'Message',
    type: 'string',
    description: 'Message of the component conditions',
    cell: (object) => healthOf(object).message ?? '',
  },
  {
    name: 'Error',
    type: 'string',
    description: 'Error of the component conditions',
    cell: (object) => healthOf(object).error ?? '',
  },
];
