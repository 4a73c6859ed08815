/**
 * The floor that the scheduling cycle is held against: for each pod every sampled node is asked and rated by one closure per default plugin,
 * over plain objects whose amounts are numbers already. It does what a scheduler cannot do without (filter, score, normalise, weigh, pick,
 * assume) as fast as that can be said with objects and closures. It knows none of Kubernetes' semantics beyond each plugin's simplest answer,
 * explains nothing, and remembers nothing between pods but what nodes hold: no answers of an earlier pod are used again.
 */
interface FloorNode {
  name: string;
  unschedulable: boolean;
  taints: readonly { key: string; hard: boolean }[];
  disk: string;
  zone: number;
  images: ReadonlyMap<string, number>;
  ports: readonly number[];
  volumes: number;
  milliCpu: number;
  memoryBytes: number;
  podsMax: number;
  usedMilliCpu: number;
  usedMemoryBytes: number;
  pods: number;
}

interface FloorPod {
  nodeName: string;
  tolerations: readonly string[];
  disk: string;
  port: number;
  volumes: number;
  image: string;
  milliCpu: number;
  memoryBytes: number;
}

type Filter = (node: FloorNode) => boolean;
interface Scorer {
  weight: number;
  score: (node: FloorNode) => number;
  /** Whether the highest becomes 100, or 0 where less is better. */
  normalise?: 'up' | 'down';
}

const VOLUMES_MAX = 39;
const MIB = 1024 * 1024;

/** A plugin that has nothing to say about such a pod is not asked at all. */
const asked = <T>(answers: readonly (T | undefined)[]): T[] => answers.filter((answer): answer is T => answer !== undefined);

const filtersOf = ({ nodeName, tolerations, disk, port, volumes, milliCpu, memoryBytes }: FloorPod): Filter[] =>
  asked<Filter>([
    (node) => !node.unschedulable,
    nodeName === '' ? undefined : (node) => nodeName === node.name,
    (node) => node.taints.length === 0 || node.taints.every(({ key, hard }) => !hard || tolerations.includes(key)),
    disk === '' ? undefined : (node) => disk === node.disk,
    port === 0 ? undefined : (node) => !node.ports.includes(port),
    (node) => node.pods < node.podsMax && node.usedMilliCpu + milliCpu <= node.milliCpu && node.usedMemoryBytes + memoryBytes <= node.memoryBytes,
    volumes === 0 ? undefined : (node) => node.volumes === 0,
    volumes === 0 ? undefined : (node) => node.volumes + volumes <= VOLUMES_MAX,
    volumes === 0 ? undefined : (node) => node.zone >= 0,
    volumes === 0 ? undefined : (node) => node.disk !== '',
  ]);

const scorersOf = ({ milliCpu, memoryBytes, disk, image }: FloorPod, podsPerZone: Int32Array): Scorer[] =>
  asked<Scorer>([
    { weight: 3, score: (node) => node.taints.length, normalise: 'down' },
    disk === '' ? undefined : { weight: 2, score: (node) => (disk === node.disk ? 1 : 0), normalise: 'up' },
    {
      weight: 1,
      score: (node) => {
        const cpu = ((node.milliCpu - node.usedMilliCpu - milliCpu) * 100) / node.milliCpu;
        const memory = ((node.memoryBytes - node.usedMemoryBytes - memoryBytes) * 100) / node.memoryBytes;
        return Math.floor((cpu + memory) / 2);
      },
    },
    { weight: 2, score: (node) => (podsPerZone[node.zone] as number) + node.pods, normalise: 'down' },
    {
      weight: 1,
      score: (node) => {
        const cpu = (node.usedMilliCpu + milliCpu) / node.milliCpu;
        const memory = (node.usedMemoryBytes + memoryBytes) / node.memoryBytes;
        return Math.floor((1 - Math.abs(cpu - memory) / 2) * 100);
      },
    },
    { weight: 1, score: (node) => (node.images.size === 0 ? 0 : Math.min(100, Math.floor((node.images.get(image) ?? 0) / (10 * MIB)))) },
  ]);

const nodesOf = (count: number): FloorNode[] =>
  Array.from({ length: count }, (_, i) => ({
    name: `node-${i}`,
    unschedulable: false,
    taints: [],
    disk: 'ssd',
    zone: i % 3,
    images: new Map(),
    ports: [],
    volumes: 0,
    milliCpu: 32_000,
    memoryBytes: 64 * 1024 * MIB,
    podsMax: 110,
    usedMilliCpu: 0,
    usedMemoryBytes: 0,
    pods: 0,
  }));

const podOf = (): FloorPod => ({
  nodeName: '',
  tolerations: [],
  disk: '',
  port: 0,
  volumes: 0,
  image: 'nginx:1.25',
  milliCpu: 100,
  memoryBytes: 128 * MIB,
});

/** Places pods over nodes, a share of which is looked at for each; what every node has in the end. */
export function floorRun(nodeCount: number, podCount: number, sampled: number): FloorNode[] {
  const nodes = nodesOf(nodeCount);
  const podsPerZone = new Int32Array(3);
  const totals = new Float64Array(sampled);
  const scores = new Float64Array(sampled);
  let start = 0;
  for (let i = 0; i < podCount; i++) {
    const pod = podOf();
    const filters = filtersOf(pod);
    const feasible: FloorNode[] = [];
    for (let looked = 0; looked < nodeCount && feasible.length < sampled; looked++) {
      const node = nodes[start] as FloorNode;
      start = start + 1 === nodeCount ? 0 : start + 1;
      if (fits(node, filters)) feasible.push(node);
    }
    const node = feasible[best(feasible, scorersOf(pod, podsPerZone), totals, scores)];
    if (!node) throw new Error(`pod ${i} found no node`);
    node.usedMilliCpu += pod.milliCpu;
    node.usedMemoryBytes += pod.memoryBytes;
    node.pods++;
    podsPerZone[node.zone] = (podsPerZone[node.zone] as number) + 1;
  }
  return nodes;
}

function fits(node: FloorNode, filters: readonly Filter[]): boolean {
  for (let f = 0; f < filters.length; f++) if (!(filters[f] as Filter)(node)) return false;
  return true;
}

function best(feasible: readonly FloorNode[], scorers: readonly Scorer[], totals: Float64Array, scores: Float64Array): number {
  const count = feasible.length;
  totals.fill(0);
  for (let s = 0; s < scorers.length; s++) {
    const { score, weight, normalise } = scorers[s] as Scorer;
    let highest = 0;
    for (let i = 0; i < count; i++) {
      const points = score(feasible[i] as FloorNode);
      scores[i] = points;
      if (points > highest) highest = points;
    }
    if (!normalise) for (let i = 0; i < count; i++) totals[i] = (totals[i] as number) + weight * (scores[i] as number);
    else if (highest > 0) {
      const sign = normalise === 'down' ? -weight : weight;
      for (let i = 0; i < count; i++) totals[i] = (totals[i] as number) + sign * Math.floor((100 * (scores[i] as number)) / highest);
    }
  }
  let at = -1;
  let most = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < count; i++) {
    if ((totals[i] as number) > most) {
      most = totals[i] as number;
      at = i;
    }
  }
  return at;
}
