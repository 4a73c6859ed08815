import type { SchedulerCache } from '../cache.ts';
import { NODE_SCORE_MAX, type Plugin } from '../framework.ts';
import type { NodeInfo } from '../node-info.ts';
import type { PodInfo } from '../pod-info.ts';
import { scoreEach } from './scores.ts';

const MIB = 1024 * 1024;
const BYTES_MIN = 23 * MIB;
const BYTES_MAX_PER_CONTAINER = 1000 * MIB;

/** Prefers nodes that have the images already. Models pkg/scheduler/framework/plugins/imagelocality. */
export const imageLocality: Plugin = {
  name: 'ImageLocality',
  weight: 1,
  score: ({ pod, cache }, nodes) => {
    const images = imagesOf(pod);
    if (!images.some((image) => cache.holdersOf(image) > 0)) return undefined;
    return scoreEach(nodes, (node) => points(images, node, cache));
  },
};

const named = new WeakMap<object, string[]>();

/** Pods of one template share their spec. */
function imagesOf({ pod: { spec } }: PodInfo): string[] {
  let images = named.get(spec);
  if (!images) {
    images = [...spec.containers, ...(spec.initContainers ?? [])].map(({ image = '' }) => withTag(image));
    named.set(spec, images);
  }
  return images;
}

/** Models normalizedImageName: a name without a tag means latest. */
const withTag = (image: string): string => (image.lastIndexOf(':') <= image.lastIndexOf('/') ? `${image}:latest` : image);

function points(images: readonly string[], node: NodeInfo, cache: SchedulerCache): number {
  let bytes = 0;
  for (const image of images) {
    const size = node.imageBytes.get(image);
    if (size !== undefined) bytes += Math.floor((size * cache.holdersOf(image)) / cache.nodes.length);
  }
  const most = BYTES_MAX_PER_CONTAINER * images.length;
  const within = Math.min(Math.max(bytes, BYTES_MIN), most);
  return Math.floor((NODE_SCORE_MAX * (within - BYTES_MIN)) / (most - BYTES_MIN));
}
