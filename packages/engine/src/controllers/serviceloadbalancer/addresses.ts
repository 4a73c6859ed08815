import type { View } from '../../core/txn.ts';
import type { Reconcile } from '../../machinery/controller.ts';

/** The last addresses of the nodes' network, as MetalLB is usually given them. */
const NETWORK = '172.18.255.';
const FIRST = 200;
const LAST = 250;
const TAKEN = 'loadbalancer/ip/';
const HELD = 'loadbalancer/of/';

export const addressOf = (view: View, serviceKey: string): string | undefined => view.runtime<string>(HELD + serviceKey);

/** The address that is asked for, or else the lowest free one; undefined where there is none. */
export function take({ api, view }: Reconcile, serviceKey: string, asked: string | undefined): string | undefined {
  const free = (address: string): boolean => view.runtime(TAKEN + address) === undefined;
  const address = asked ? (free(asked) ? asked : undefined) : range().find(free);
  if (address === undefined) return undefined;
  api.setRuntime(TAKEN + address, serviceKey);
  api.setRuntime(HELD + serviceKey, address);
  return address;
}

const range = (): string[] => Array.from({ length: LAST - FIRST + 1 }, (_, i) => NETWORK + (FIRST + i));

export function release({ api, view }: Reconcile, serviceKey: string): void {
  const address = addressOf(view, serviceKey);
  if (address === undefined) return;
  api.setRuntime(TAKEN + address, undefined);
  api.setRuntime(HELD + serviceKey, undefined);
}
