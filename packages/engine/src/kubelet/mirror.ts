import type { View } from '../core/txn.ts';
import type { PodObject } from '../kinds/shared/pod.ts';
import { podKeyOf } from './keys.ts';
import type { NodeRecord } from './node-record.ts';
import type { PodState } from './state.ts';

const MIRROR = 'kubernetes.io/config.mirror';
const HASH = 'kubernetes.io/config.hash';
/** What a kubelet runs from a file of its own goes on while its image in the API is away. */
const staticKey = (podKey: string): string => `kubelet-static/${podKey}`;

export const isMirror = ({ metadata }: PodObject): boolean => Object.hasOwn(metadata.annotations ?? {}, MIRROR);

/** What the runtime knows a pod by: a static pod by what its file says. */
export const runtimeUid = ({ metadata }: PodObject): string => metadata.annotations?.[HASH] ?? (metadata.uid as string);

/** Keeps the state of a static pod whose mirror is gone. */
export function keepStatic(set: (key: string, value: unknown) => void, state: PodState): void {
  if (state.isStatic && state.stage === 'running') set(staticKey(state.key), state);
}

/** The state that a new mirror shows again, if the node has been up since. */
export function keptStatic(
  view: View,
  set: (key: string, value: unknown) => void,
  pod: PodObject,
  key: string,
  node: NodeRecord,
): PodState | undefined {
  const kept =
    isMirror(pod) && view.runtime<PodState>(podKeyOf(pod.metadata.uid as string)) === undefined ? view.runtime<PodState>(staticKey(key)) : undefined;
  if (!kept) return undefined;
  set(staticKey(key), undefined);
  return kept.node === node.name && kept.admittedAt >= node.since ? kept : undefined;
}
