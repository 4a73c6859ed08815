import type { KubeObject } from '../../core/object.ts';
import type { Column } from '../../machinery/kind.ts';

/** Columns of another version of a kind: every version prints the same. */
export const columnsThrough = (columns: readonly Column<KubeObject>[], to: (object: KubeObject) => KubeObject): Column<KubeObject>[] =>
  columns.map((column) => ({ ...column, cell: (object, context) => column.cell(to(object), context) }));
