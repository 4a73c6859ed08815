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
    const { containers, initContainers = [] } = pod.pod.spec;
    addPoints(columns, containers.length + initContainers.length, candidates, cache.nodes.length, scores);
    return true;
  },
};

const named = new WeakMap<object, string[]>();

/** Pods of one template share their spec. */
function imagesOf({ pod: { spec } }: PodInfo): string[] {
  let images = named.get(spec);
  if (!images) {
    const mounted = (spec.volumes ?? []).flatMap(({ image }) => (image ? [withTag(image.reference ?? '')] : []));
    images = [...[...spec.containers, ...(spec.initContainers ?? [])].map(({ image = '' }) => withTag(image)), ...mounted];
    named.set(spec, images);
  }
  return images;
}

/** Models normalizedImageName: a name without a tag means latest. */
const withTag = (image: string): string => (image.lastIndexOf(':') <= image.lastIndexOf('/') ? `${image}:latest` : image);

/** Images that many nodes have count for more; those of volumes count as well, but raise no limit. */
function addPoints(columns: readonly ImageColumn[], containers: number, { count, slots }: Candidates, nodeCount: number, scores: Scores): void {
  const most = BYTES_MAX_PER_CONTAINER * containers;
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
