import type { Cycle, NodeFilter, Plugin, PodRejection, Rejection, Scores } from './framework.ts';
import { luckOf } from './luck.ts';
import type { NodeInfo } from './node-info.ts';
import { withNominated } from './nominated.ts';
import { nodesToFind } from './sampling.ts';

export interface PluginScores {
  plugin: string;
  weight: number;
  scores: Scores;
}

export type Outcome =
  | {
      type: 'placed';
      node: NodeInfo;
      feasible: readonly NodeInfo[];
      evaluated: number;
      totals: Scores;
      byPlugin: readonly PluginScores[];
      rejected: ReadonlyMap<string, Rejection>;
    }
  | {
      type: 'refused';
      rejected: ReadonlyMap<string, Rejection>;
      /** Said of every node at once. */
      podRejection?: Rejection;
    }
  | { type: 'no-nodes' };

/** One pod: which nodes fit, and which of them is best. Models schedulePod in pkg/scheduler/schedule_one.go. */
export function placePod(cycle: Cycle, seed: string, among: readonly NodeInfo[] = cycle.cache.nodes): Outcome {
  const { plugins, percentageOfNodesToScore } = cycle.profile;
  if (among.length === 0) return { type: 'no-nodes' };
  const narrowed = narrow(cycle, plugins);
  if (narrowed && 'rejection' in narrowed) return refusedByAll(cycle, narrowed.rejection);
  const nodes = narrowed ? nodesNamed(cycle, narrowed.names, among) : among;
  const filters = filtersFor(cycle, plugins);
  if (!Array.isArray(filters)) return refusedByAll(cycle, filters.rejection);
  const luck = luckOf(cycle, seed);
  const { feasible, rejected, evaluated } = findFeasible(
    nodes,
    withNominated(cycle, filters),
    nodes.length === 0 ? 0 : luck % nodes.length,
    percentageOfNodesToScore,
  );
  if (feasible.length === 0) return { type: 'refused', rejected: narrowed ? withAbsent(cycle, rejected, narrowed.absent) : rejected };
  const { totals, byPlugin } = scoreAll(cycle, plugins, feasible);
  const node = feasible[pickBest(totals, luck)] as NodeInfo;
  return { type: 'placed', node, feasible, evaluated, totals, byPlugin, rejected };
}

interface Narrowed {
  names: ReadonlySet<string>;
  /** Said of the nodes that are not even asked. */
  absent: Rejection;
}

/** The nodes that all plugins agree are worth asking. Models RunPreFilterPlugins. */
function narrow(cycle: Cycle, plugins: readonly Plugin[]): Narrowed | PodRejection | undefined {
  let names: ReadonlySet<string> | undefined;
  const by: string[] = [];
  for (const plugin of plugins) {
    const only = plugin.narrow?.(cycle);
    if (only === undefined) continue;
    if ('rejection' in only) return only;
    names = names ? new Set([...names].filter((name) => only.has(name))) : only;
    by.push(plugin.name);
  }
  const said = `node(s) didn't satisfy plugin(s) [${by.sort().join(' ')}]`;
  return names && { names, absent: { plugin: by.join(','), code: 'UnschedulableAndUnresolvable', reasons: [said] } };
}

function nodesNamed({ cache }: Cycle, names: ReadonlySet<string>, among: readonly NodeInfo[]): NodeInfo[] {
  if (among !== cache.nodes) return among.filter(({ name }) => names.has(name));
  return [...names].sort().flatMap((name) => cache.node(name) ?? []);
}

const withAbsent = ({ cache }: Cycle, rejected: ReadonlyMap<string, Rejection>, absent: Rejection): Map<string, Rejection> =>
  new Map(cache.nodes.map(({ name }) => [name, rejected.get(name) ?? absent]));

/** What is to be asked of each node, or why no node needs to be asked. */
export function filtersFor(cycle: Cycle, plugins: readonly Plugin[]): NodeFilter[] | PodRejection {
  const filters: NodeFilter[] = [];
  for (const plugin of plugins) {
    const made = plugin.filter?.(cycle);
    if (made === undefined) continue;
    if (typeof made !== 'function') return made;
    filters.push(made);
  }
  return filters;
}

function refusedByAll(cycle: Cycle, rejection: Rejection): Outcome {
  return { type: 'refused', rejected: new Map(cycle.cache.nodes.map((node) => [node.name, rejection])), podRejection: rejection };
}

/** Starts at a node of the pod's own, so that in a large cluster all nodes get their turn. */
function findFeasible(nodes: readonly NodeInfo[], filters: readonly NodeFilter[], start: number, percentage: number | undefined) {
  const wanted = nodesToFind(nodes.length, percentage);
  const feasible: NodeInfo[] = [];
  const rejected = new Map<string, Rejection>();
  let evaluated = 0;
  for (let at = start; evaluated < nodes.length && feasible.length < wanted; evaluated++) {
    const node = nodes[at] as NodeInfo;
    at = at + 1 === nodes.length ? 0 : at + 1;
    const rejection = firstRejection(node, filters);
    if (rejection) rejected.set(node.name, rejection);
    else feasible.push(node);
  }
  return { feasible, rejected, evaluated };
}

export function firstRejection(node: NodeInfo, filters: readonly NodeFilter[]): Rejection | undefined {
  for (const filter of filters) {
    const rejection = filter(node);
    if (rejection) return rejection;
  }
  return undefined;
}

function scoreAll(cycle: Cycle, plugins: readonly Plugin[], feasible: readonly NodeInfo[]): { totals: Scores; byPlugin: PluginScores[] } {
  const totals = new Float64Array(feasible.length);
  const byPlugin: PluginScores[] = [];
  if (feasible.length === 1) return { totals, byPlugin };
  for (const plugin of plugins) {
    const scores = plugin.score?.(cycle, feasible);
    if (!scores) continue;
    const weight = plugin.weight ?? 1;
    for (let i = 0; i < totals.length; i++) totals[i] = (totals[i] as number) + weight * (scores[i] as number);
    byPlugin.push({ plugin: plugin.name, weight, scores });
  }
  return { totals, byPlugin };
}

/** Among equals the pod's own luck decides. */
function pickBest(totals: Scores, luck: number): number {
  let best = Number.NEGATIVE_INFINITY;
  let ties = 0;
  for (const total of totals) {
    if (total > best) {
      best = total;
      ties = 1;
    } else if (total === best) ties++;
  }
  let skip = Math.floor(luck / 7) % ties;
  for (let i = 0; i < totals.length; i++) if (totals[i] === best && skip-- === 0) return i;
  throw new Error('a best score that no node has');
}
