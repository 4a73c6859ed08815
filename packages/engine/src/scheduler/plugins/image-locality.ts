import { type Candidates, NODE_SCORE_MAX, type Plugin, type Scores } from '../framework.ts';
import type { ImageColumn } from '../image-sizes.ts';
import type { PodInfo } from '../pod-info.ts';

const MIB = 1024 * 1024;
const BYTES_MIN = 23 * MIB;
const BYTES_MAX_PER_CONTAINER = 1000 * MIB;

/** Prefers nodes that have the images already. Models pkg/scheduler/framework/plugins/imagelocality. */
export const imageLocality: Plugin = {
  name: 'ImageLocality',
  weight: 1,
  score: ({ pod, cache }, candidates, scores) => {
    const columns = imagesOf(pod).map((image) => cache.images.of(image));
    if (columns.every(({ holders }) => holders === 0)) return false;
    addPoints(columns, candidates, cache.nodes.length, scores);
    return true;
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

/** Images that many nodes have count for more. */
function addPoints(columns: readonly ImageColumn[], { count, slots }: Candidates, nodeCount: number, scores: Scores): void {
  const most = BYTES_MAX_PER_CONTAINER * columns.length;
  scores.fill(0, 0, count);
  for (const { bytes, holders } of columns) {
    if (holders === 0) continue;
    for (let i = 0; i < count; i++) scores[i] = (scores[i] as number) + Math.floor(((bytes[slots[i] as number] as number) * holders) / nodeCount);
  }
  for (let i = 0; i < count; i++) {
    const within = Math.min(Math.max(scores[i] as number, BYTES_MIN), most);
    scores[i] = Math.floor((NODE_SCORE_MAX * (within - BYTES_MIN)) / (most - BYTES_MIN));
  }
}
