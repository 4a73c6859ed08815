import type { Plugin, PostFilter } from '../framework.ts';

/** One scheduler among those that the configuration describes, with the plugins as it has them. Models frameworkImpl of pkg/scheduler/framework/runtime. */
export interface Profile {
  schedulerName: string;
  plugins: readonly Plugin[];
  postFilters: readonly PostFilter[];
  /** Share of the nodes that are looked at where there are many; undefined leaves it to their number. */
  percentageOfNodesToScore: number | undefined;
}
