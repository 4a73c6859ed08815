import type { Cycle, NodeFilter, NodeRate, Plugin, Rejection, Scores } from './framework.ts';
import type { NodeInfo } from './node-info.ts';
import type { Profile } from './profiles/profile.ts';

const RATINGS_MAX = 32;

/** What plugins that sign ask of each node for one pod. */
export interface SignedQuestions {
  signature: string;
  filters: readonly NodeFilter[];
  rates: readonly { plugin: Plugin; rate: NodeRate }[];
}

/** How many plugins come before the first whose filter needs the pod itself. */
export const signedPlugins = (plugins: readonly Plugin[]): number => {
  const unsigned = plugins.findIndex((plugin) => plugin.filter && !plugin.sign);
  return unsigned < 0 ? plugins.length : unsigned;
};

/** The same for pods that the signing plugins cannot tell apart. Models SignPod of pkg/scheduler/framework/runtime/framework.go. */
export function signatureOf({ pod, profile, view }: Cycle, rates: SignedQuestions['rates']): string {
  let signature = '';
  for (const plugin of profile.plugins) if (plugin.sign) signature += `${plugin.sign(pod, view)}\u0000`;
  for (const { plugin } of rates) signature += `|${plugin.name}`;
  return signature;
}

/**
 * What nodes said to one sort of pod, each answer good for as long as the node stays as it was: 10,000 pods of one template change one node
 * each, and only that one is asked again. Models what KEP-5598 is after, with answers that are always exact.
 */
export class Rating {
  private readonly seen: Float64Array;
  private readonly fits: Uint8Array;
  private readonly refusals: (Rejection | undefined)[] = [];
  /** Before they are normalised, by slot. */
  readonly points: readonly Scores[];
  /** The weighted sum of those that are not normalised. */
  readonly sums: Scores;

  constructor(slots: number, rates: number) {
    this.seen = new Float64Array(slots);
    this.fits = new Uint8Array(slots);
    this.points = Array.from({ length: rates }, () => new Float64Array(slots));
    this.sums = new Float64Array(slots);
  }

  get slots(): number {
    return this.seen.length;
  }

  /** Whether a node takes the pod; its points are up to date as well if so. */
  isFit(node: NodeInfo, generation: number, questions: SignedQuestions): boolean {
    const { slot } = node;
    if (this.seen[slot] !== generation) {
      this.seen[slot] = generation;
      this.ask(node, questions);
    }
    return this.fits[slot] === 1;
  }

  /** Why a node that does not take the pod does not. */
  refusal({ slot }: NodeInfo): Rejection {
    return this.refusals[slot] as Rejection;
  }

  private ask(node: NodeInfo, { filters, rates }: SignedQuestions): void {
    const { slot } = node;
    const refusal = firstRejection(node, filters);
    this.fits[slot] = refusal ? 0 : 1;
    this.refusals[slot] = refusal;
    if (refusal) return;
    let sum = 0;
    for (let i = 0; i < rates.length; i++) {
      const { plugin, rate } = rates[i] as SignedQuestions['rates'][number];
      const points = rate(node);
      (this.points[i] as Scores)[slot] = points;
      if (!plugin.normalise) sum += (plugin.weight ?? 1) * points;
    }
    this.sums[slot] = sum;
  }
}

export function firstRejection(node: NodeInfo, filters: readonly NodeFilter[]): Rejection | undefined {
  for (let i = 0; i < filters.length; i++) {
    const rejection = (filters[i] as NodeFilter)(node);
    if (rejection) return rejection;
  }
  return undefined;
}

/** Ratings by signature and profile, the latest of them. */
export class Ratings {
  private readonly byProfile = new WeakMap<Profile, Map<string, Rating | undefined>>();

  /** undefined for the first pod of its sort: most sorts have many pods, or one. */
  of({ profile, cache }: Cycle, { signature, rates }: SignedQuestions): Rating | undefined {
    let known = this.byProfile.get(profile);
    if (!known) {
      known = new Map();
      this.byProfile.set(profile, known);
    }
    const rating = known.get(signature);
    if (rating?.slots === cache.slotCount) return rating;
    const isNew = !known.has(signature);
    if (isNew && known.size >= RATINGS_MAX) known.delete(known.keys().next().value as string);
    const made = isNew ? undefined : new Rating(cache.slotCount, rates.length);
    known.set(signature, made);
    return made;
  }
}

const texts = new WeakMap<object, string>();

/** Parts of a spec as text; pods of one template share them. */
export function textOf(part: object | undefined): string {
  if (part === undefined) return '';
  let text = texts.get(part);
  if (text === undefined) {
    text = JSON.stringify(part);
    texts.set(part, text);
  }
  return text;
}
