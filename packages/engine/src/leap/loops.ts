import type { ObjectKey } from '../core/key.ts';
import type { Txn } from '../core/txn.ts';
import type { Loop } from '../machinery/controller.ts';
import type { Engine } from '../settle.ts';

export interface Running {
  controller: string;
  /** The object whose loop it is. */
  key: ObjectKey;
  loop: Loop;
}

/** The loops that come round a whole number of times within a stride. */
export function loopsWithin(engine: Engine, txn: Txn, strideMs: number): Running[] {
  const found: Running[] = [];
  for (const { controller, key } of txn.pending()) {
    const loop = engine.controllers.get(controller)?.loop?.(key, txn);
    if (loop && strideMs % loop.periodMs === 0) found.push({ controller, key, loop });
  }
  return found;
}
