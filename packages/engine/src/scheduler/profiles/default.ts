import { SCHEDULER_NAME } from '../active.ts';
import { DEFAULT_PLUGINS } from '../plugins/index.ts';
import { DEFAULT_POST_FILTERS } from '../post-filter.ts';
import type { Profile } from './profile.ts';

/** What kube-scheduler does without any configuration. */
export const DEFAULT_PROFILE: Profile = {
  schedulerName: SCHEDULER_NAME,
  plugins: DEFAULT_PLUGINS,
  postFilters: DEFAULT_POST_FILTERS,
  percentageOfNodesToScore: undefined,
};
