import { hash32 } from '../core/chance.ts';
import type { View } from '../core/txn.ts';
import { type PodObject, taskOfPod } from '../kinds/shared/pod.ts';
import { addressPrefix } from './keys.ts';

const HOST_FIRST = 2;
const HOST_LAST = 254;
const HOSTS = HOST_LAST - HOST_FIRST + 1;
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
export function takeAddress(view: View, set: SetRuntime, node: string, podCidr: string, pod: PodObject): string | undefined {
  const task = taskOfPod(pod);
  if (task === undefined) beginRound(view, set);
  const latest = task === undefined ? (view.runtime<number>(latestKey(node)) ?? HOST_FIRST - 1) : startOf(task) - 1;
  const host = nextFree(view, node, latest);
  if (host === undefined) return undefined;
  set(hostKey(node, host), pod.metadata.uid);
  if (task === undefined) set(latestKey(node), host);
  return networkOf(podCidr) + host;
}

const hostKey = (node: string, host: number): string => `${addressPrefix(node)}${String(host).padStart(3, '0')}`;

function nextFree(view: View, node: string, latest: number): number | undefined {
  for (let step = 1; step <= HOSTS; step++) {
    const host = HOST_FIRST + ((latest - HOST_FIRST + step) % HOSTS);
    if (view.runtime(hostKey(node, host)) === undefined) return host;
  }
  return undefined;
}

/** Runs of a CronJob begin at a place of their own, so that they leave the circle alone and need not know of one another. */
const startOf = (task: string): number => HOST_FIRST + (hash32(task) % HOSTS);

/** Addresses that a run passes over to come to its own, and that one: `10.244.1.7`. */
export function addressesTo(task: string, address: string): string[] {
  const network = networkOf(address);
  const last = Number(address.slice(network.length));
  const passed = [address];
  for (let host = startOf(task); host !== last && passed.length < HOSTS; host = HOST_FIRST + ((host - HOST_FIRST + 1) % HOSTS))
    passed.push(network + host);
  return passed;
}

export function releaseAddress(view: View, set: SetRuntime, node: string, address: string, podUid: string): void {
  const host = address.slice(address.lastIndexOf('.') + 1);
  const key = `${addressPrefix(node)}${host.padStart(3, '0')}`;
  if (view.runtime(key) === podUid) set(key, undefined);
}
