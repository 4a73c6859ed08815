import type { KubeObject } from '../../core/object.ts';
import { DecodeError } from '../../machinery/decode/decodeError.ts';
import { yamlToJson } from '../../machinery/decode/yaml.ts';
import { DEFAULT_PROFILE } from './default.ts';
import type { Profile } from './profile.ts';
import { ConfigurationError, list, number, record, text } from './read.ts';
import { type ProfileOptions, profileOf } from './resolve.ts';

const FILE = 'config.yaml';
const KNOWN = new Set([
  'apiVersion',
  'kind',
  'profiles',
  'percentageOfNodesToScore',
  'parallelism',
  'leaderElection',
  'clientConnection',
  'podInitialBackoffSeconds',
  'podMaxBackoffSeconds',
  'enableProfiling',
  'enableContentionProfiling',
]);

export interface Configuration {
  profiles: ReadonlyMap<string, Profile>;
  /** Why the configuration is not in force. */
  problem?: string;
}

const WITHOUT: Configuration = { profiles: new Map([[DEFAULT_PROFILE.schedulerName, DEFAULT_PROFILE]]) };

/** Reads the KubeSchedulerConfiguration of a ConfigMap. Models pkg/scheduler/apis/config/v1 and its validation. */
export function configurationOf(configMap: KubeObject | undefined): Configuration {
  const file: unknown = configMap?.data?.[FILE];
  if (typeof file !== 'string') return WITHOUT;
  try {
    return { profiles: profilesIn(JSON.parse(yamlToJson(file).json)) };
  } catch (problem) {
    // What people write may be anything; whoever else throws is broken.
    if (!(problem instanceof ConfigurationError) && !(problem instanceof DecodeError)) throw problem;
    return { ...WITHOUT, problem: problem.message };
  }
}

function profilesIn(json: unknown): Map<string, Profile> {
  const root = record(json, 'configuration');
  const [apiVersion, kind] = [text(root.apiVersion, 'apiVersion'), text(root.kind, 'kind')];
  if (apiVersion !== 'kubescheduler.config.k8s.io/v1' || kind !== 'KubeSchedulerConfiguration') {
    throw new ConfigurationError(`no kind "${kind}" is registered for version "${apiVersion}"`);
  }
  for (const field of Object.keys(root)) if (!KNOWN.has(field)) throw new ConfigurationError(`strict decoding error: unknown field "${field}"`);
  const percentage = percentageIn(root.percentageOfNodesToScore, 'percentageOfNodesToScore');
  const described = list(root.profiles ?? [{}], 'profiles').map((profile, i) =>
    profileOf(record(profile, `profiles[${i}]`) as ProfileOptions, `profiles[${i}]`),
  );
  const profiles = new Map<string, Profile>();
  for (const [i, profile] of described.entries()) {
    const own = percentageIn(profile.options.percentageOfNodesToScore, `profiles[${i}].percentageOfNodesToScore`) ?? percentage;
    const { schedulerName } = profile.made;
    if (profiles.has(schedulerName)) throw new ConfigurationError(`profiles[${i}].schedulerName: Duplicate value: "${schedulerName}"`);
    profiles.set(schedulerName, { ...profile.made, percentageOfNodesToScore: own });
  }
  return profiles;
}

function percentageIn(value: unknown, path: string): number | undefined {
  if (value === undefined || value === null) return undefined;
  const percentage = number(value, path);
  if (percentage < 0 || percentage > 100) throw new ConfigurationError(`${path}: Invalid value: ${percentage}: not in valid range [0-100]`);
  return percentage === 0 ? undefined : percentage;
}
