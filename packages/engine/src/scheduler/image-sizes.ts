import type { NodeInfo } from './node-info.ts';

const COLUMNS_MAX = 256;

/** What nodes hold of one image. */
export interface ImageColumn {
  /** By slot; 0 where a node has not got it. */
  bytes: Float64Array;
  holders: number;
}

/** Which nodes hold images, by the images' names; a column is made when first asked for and then kept up to date. */
export class ImageSizes {
  private readonly columns = new Map<string, ImageColumn>();

  constructor(
    private readonly nodes: Iterable<NodeInfo>,
    private slots: number,
  ) {}

  of(name: string): ImageColumn {
    const known = this.columns.get(name);
    if (known) return known;
    if (this.columns.size >= COLUMNS_MAX) this.columns.clear();
    const made: ImageColumn = { bytes: new Float64Array(this.slots), holders: 0 };
    for (const node of this.nodes) count(made, name, node, 1);
    this.columns.set(name, made);
    return made;
  }

  count(node: NodeInfo, sign: 1 | -1): void {
    for (const name of node.imageBytes.keys()) {
      const column = this.columns.get(name);
      if (column) count(column, name, node, sign);
    }
  }

  resize(slots: number): void {
    this.slots = slots;
    this.columns.clear();
  }
}

function count(column: ImageColumn, name: string, { imageBytes, slot }: NodeInfo, sign: 1 | -1): void {
  const bytes = imageBytes.get(name);
  if (bytes === undefined) return;
  column.bytes[slot] = sign > 0 ? bytes : 0;
  column.holders += sign;
}
