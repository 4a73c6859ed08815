import type { Container } from '@vivakube/schema/types/core.v1';
import type { Instant } from '../core/instant.ts';
import type { View } from '../core/txn.ts';
import type { PodObject } from '../kinds/shared/pod.ts';
import type { ImageService } from '../kinds/shared/program.ts';
import type { NodeRecord } from './node-record.ts';
import type { ContainerState, PodState } from './state.ts';
import type { Timing } from './timing.ts';

/** One look of a kubelet at one pod. The state is a private copy that the steps change. */
export interface PodSync {
  pod: PodObject;
  node: NodeRecord;
  state: PodState;
  now: Instant;
  view: View;
  timing: Timing;
  images: ImageService;
  /** Containers of the spec by name. */
  specs: ReadonlyMap<string, Container>;
  event(type: 'Normal' | 'Warning', reason: string, message: string, container?: ContainerState): void;
  setRuntime(key: string, value: unknown): void;
  /** The node has an image more. */
  imagesChanged: boolean;
  /** Looks again when this object changes. */
  await(key: string): void;
}

export const specOf = (sync: PodSync, container: ContainerState): Container => {
  const spec = sync.specs.get(container.name);
  if (!spec) throw new Error(`pod ${sync.state.key} has no container ${container.name}`);
  return spec;
};
