import type { View } from '../core/txn.ts';
import { addressPrefix } from './keys.ts';

const HOST_FIRST = 2;
const HOST_LAST = 254;
/** The circle begins anew now and then, so that the addresses of today do not depend on how many pods there ever were. */
const ROUND_MS = 600_000;

/** Since when the present round is under way, and under it the address that each node gave last. */
const ROUND = 'ip-round';
const latestKey = (node: string): string => `${ROUND}/${node}`;

type SetRuntime = (key: string, value: unknown) => void;

function beginRound(view: View, set: SetRuntime): void {
  const since = view.now - (view.now % ROUND_MS);
  if (view.runtime(ROUND) === since) return;
  for (const key of view.runtimeKeys(latestKey(''))) set(key, undefined);
  set(ROUND, since);
}

/** `10.244.1.0/24` -> `10.244.1.` */
const networkOf = (podCidr: string): string => podCidr.slice(0, podCidr.lastIndexOf('.') + 1);

/**
 * The next free address of a node's range. The range is gone through in a circle, as host-local IPAM does,
 * so that an address is not given to the next pod at once.
 */
export function takeAddress(view: View, set: SetRuntime, node: string, podCidr: string, podUid: string): string | undefined {
  const prefix = addressPrefix(node);
  beginRound(view, set);
  const latest = view.runtime<number>(latestKey(node)) ?? HOST_FIRST - 1;
  for (let step = 1; step <= HOST_LAST - HOST_FIRST + 1; step++) {
    const host = HOST_FIRST + ((latest - HOST_FIRST + step) % (HOST_LAST - HOST_FIRST + 1));
    const key = `${prefix}${String(host).padStart(3, '0')}`;
    if (view.runtime(key) !== undefined) continue;
    set(key, podUid);
    set(latestKey(node), host);
    return networkOf(podCidr) + host;
  }
  return undefined;
}

export function releaseAddress(view: View, set: SetRuntime, node: string, address: string, podUid: string): void {
  const host = address.slice(address.lastIndexOf('.') + 1);
  const key = `${addressPrefix(node)}${host.padStart(3, '0')}`;
  if (view.runtime(key) === podUid) set(key, undefined);
}
