import type { Cycle, NodeFilter, Plugin, PodRejection, Rejection } from './framework.ts';
import { luckOf } from './luck.ts';
import type { NodeInfo } from './node-info.ts';
import { promisedFilter } from './nominated.ts';
import { firstRejection, type Rating, type SignedQuestions, signatureOf, signedPlugins } from './ratings.ts';
import { Refusals } from './refusals.ts';
import { nodesToFind } from './sampling.ts';
import { type Choice, choose } from './scoring.ts';

export type Outcome =
  | ({
      type: 'placed';
      /** How many nodes would do. */
      feasible: number;
      evaluated: number;
      refusals: Refusals;
    } & Choice)
  | {
      type: 'refused';
      rejected: ReadonlyMap<string, Rejection>;
      /** Said of every node at once. */
      podRejection?: Rejection;
    }
  /** A plugin could not tell. */
  | { type: 'failed'; rejection: Rejection }
  | { type: 'no-nodes' };

export interface PlaceOptions {
  /** The only nodes there are to be. */
  among?: readonly NodeInfo[];
  /** Every node is asked, whatever it said to pods of the same sort. */
  afresh?: boolean;
}

/** One pod: which nodes fit, and which of them is best. Models schedulePod in pkg/scheduler/schedule_one.go. */
export function placePod(cycle: Cycle, seed: string, { among = cycle.cache.nodes, afresh = false }: PlaceOptions = {}): Outcome {
  const { plugins, percentageOfNodesToScore } = cycle.profile;
  if (among.length === 0) return { type: 'no-nodes' };
  const narrowed = narrow(cycle, plugins);
  if (narrowed && 'rejection' in narrowed) return refusedByAll(cycle, narrowed.rejection);
  const nodes = narrowed ? nodesNamed(cycle, narrowed.names, among) : among;
  const questions = questionsFor(cycle, plugins, afresh);
  if ('rejection' in questions) return refusedByAll(cycle, questions.rejection);
  const luck = luckOf(cycle, seed);
  const start = nodes.length === 0 ? 0 : luck % nodes.length;
  const { refusals, evaluated } = findFeasible(cycle, nodes, questions, start, nodesToFind(nodes.length, percentageOfNodesToScore));
  const failure = refusals.rejections.at(-1);
  if (failure?.code === 'Error') return { type: 'failed', rejection: failure };
  const work = cycle.cache.workspace;
  if (work.count === 0) {
    const rejected = refusals.byName();
    return { type: 'refused', rejected: narrowed ? withAbsent(cycle, rejected, narrowed.absent) : rejected };
  }
  return { type: 'placed', feasible: work.count, evaluated, refusals, ...choose(cycle, work, questions.signed, questions.rating, luck) };
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

/** What is to be asked of each node, in this order. */
interface Questions {
  /** With regard to pods that are still to come. */
  promised: NodeFilter | undefined;
  signed: SignedQuestions;
  /** Where nodes have answered pods of the same sort. */
  rating: Rating | undefined;
  others: readonly NodeFilter[];
}

function questionsFor(cycle: Cycle, plugins: readonly Plugin[], afresh: boolean): Questions | PodRejection {
  const cut = signedPlugins(plugins);
  const filters = filtersFor(cycle, plugins.slice(0, cut));
  if (!Array.isArray(filters)) return filters;
  const others = filtersFor(cycle, plugins.slice(cut));
  if (!Array.isArray(others)) return others;
  const rates: SignedQuestions['rates'][number][] = [];
  for (const plugin of plugins) {
    const rate = plugin.rate?.(cycle);
    if (rate) rates.push({ plugin, rate });
  }
  const signed: SignedQuestions = { signature: afresh ? '' : signatureOf(cycle, rates), filters, rates };
  const rating = afresh ? undefined : cycle.cache.ratings.of(cycle, signed);
  return { promised: promisedFilter(cycle, [...filters, ...others]), signed, rating, others };
}

/** Starts at a node of the pod's own, so that in a large cluster all nodes get their turn. What is found is left in the workspace. */
function findFeasible({ cache }: Cycle, nodes: readonly NodeInfo[], questions: Questions, start: number, wanted: number) {
  const { generations, workspace: work } = cache;
  const { rating, signed } = questions;
  const refusals = new Refusals();
  work.clear(wanted);
  const { slots } = work;
  const isPlain = !questions.promised && questions.others.length === 0;
  let evaluated = 0;
  let count = 0;
  for (let at = start; evaluated < nodes.length && count < wanted; evaluated++) {
    const node = nodes[at] as NodeInfo;
    at = at + 1 === nodes.length ? 0 : at + 1;
    if (isPlain && rating) {
      if (rating.isFit(node, generations[node.slot] as number, signed)) slots[count++] = node.slot;
      else refusals.add(node, rating.refusal(node));
      continue;
    }
    const rejection = whyNot(node, generations[node.slot] as number, questions);
    if (rejection) refusals.add(node, rejection);
    else slots[count++] = node.slot;
    if (rejection?.code === 'Error') break;
  }
  work.count = count;
  return { refusals, evaluated };
}

function whyNot(node: NodeInfo, generation: number, { promised, rating, signed, others }: Questions): Rejection | undefined {
  const rejection = promised?.(node);
  if (rejection) return rejection;
  if (rating) {
    if (!rating.isFit(node, generation, signed)) return rating.refusal(node);
  } else {
    const own = firstRejection(node, signed.filters);
    if (own) return own;
  }
  return firstRejection(node, others);
}
