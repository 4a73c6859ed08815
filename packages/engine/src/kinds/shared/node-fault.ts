import type { Instant } from '../../core/instant.ts';
import type { KubeObject } from '../../core/object.ts';
import type { View } from '../../core/txn.ts';
import { ownValue } from './fields.ts';

/** What is wrong with a node, as its annotation asks: cut off from the API server, without a kubelet, or switched off. */
export const FAULT_ANNOTATION = 'sim.vivakube.dev/fault';
export const FAULTS = ['NetworkPartition', 'KubeletStopped', 'Down'] as const;
export type Fault = (typeof FAULTS)[number];

export function faultOf(node: KubeObject): Fault | undefined {
  const asked = ownValue(node.metadata.annotations, FAULT_ANNOTATION);
  return FAULTS.find((fault) => fault.toLowerCase() === asked?.toLowerCase());
}

/** A fault that nobody knows is not one, and is not passed over in silence either. */
export function faultWarnings(node: KubeObject, old?: KubeObject): string[] {
  const asked = ownValue(node.metadata.annotations, FAULT_ANNOTATION);
  if (asked === undefined || faultOf(node) || asked === (old && ownValue(old.metadata.annotations, FAULT_ANNOTATION))) return [];
  return [`metadata.annotations[${FAULT_ANNOTATION}]: unknown fault ${JSON.stringify(asked)} is ignored; known are ${FAULTS.join(', ')}`];
}

/** Since when nothing is heard of a node, under `fault/<node>`. */
export interface Silence {
  fault: Fault;
  since: Instant;
}

export const silenceKey = (node: string): string => `fault/${node}`;

/** The latest instant up to which a node was heard of. */
export const heardUntil = (view: View, node: string, now: Instant): Instant => Math.min(now, view.runtime<Silence>(silenceKey(node))?.since ?? now);
