import type { KubeObject } from '../../core/object.ts';
import type { Column } from '../../machinery/kind.ts';
import { milliUnits, nano } from '../shared/quantity.ts';
import { memoryText } from './quantities.ts';

type Usage = { cpu?: string; memory?: string };

/** Models pkg/storage/table.go of metrics-server. */
export const usageColumns = (usagesOf: (metrics: KubeObject) => Usage[]): Column<KubeObject>[] => [
  { name: 'Name', type: 'string', format: 'name', cell: ({ metadata }) => metadata.name ?? '' },
  { name: 'cpu', type: 'string', cell: (metrics) => `${usagesOf(metrics).reduce((sum, { cpu }) => sum + milliUnits(cpu), 0n)}m` },
  {
    name: 'memory',
    type: 'string',
    cell: (metrics) => memoryText(Number(usagesOf(metrics).reduce((sum, { memory }) => sum + nano(memory), 0n)) / 1e9),
  },
  { name: 'Window', type: 'string', cell: ({ window }) => window ?? '' },
];
