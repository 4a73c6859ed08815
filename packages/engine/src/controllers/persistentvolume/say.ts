import type { KubeObject } from '../../core/object.ts';
import type { Reconcile } from '../../machinery/controller.ts';

const memory = (key: string): string => `volume-said/${key}`;

/**
 * Tells the situation of the object that is looked at once. Upstream says it again at each resync of fifteen seconds; nothing new
 * would be seen by that, and a cluster nobody looks at would never be at rest.
 */
export function sayOnce({ api, view, key, record }: Reconcile, about: KubeObject, type: 'Normal' | 'Warning', reason: string, message: string): void {
  const said = `${about.metadata.uid} ${reason}: ${message}`;
  if (view.runtime(memory(key)) === said) return;
  api.setRuntime(memory(key), said);
  record(about, type, reason, message);
}

export function forgetSaid({ api, view, key }: Reconcile): void {
  if (view.runtime(memory(key)) !== undefined) api.setRuntime(memory(key), undefined);
}
