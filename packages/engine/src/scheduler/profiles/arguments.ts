import type { NodeSelector, PreferredSchedulingTerm, TopologySpreadConstraint } from '@vivakube/schema/types/core.v1';
import type { Plugin } from '../framework.ts';
import { DEFAULT_PLUGINS } from '../plugins/index.ts';
import { interPodAffinityWith } from '../plugins/inter-pod-affinity.ts';
import { nodeAffinityWith } from '../plugins/node-affinity.ts';
import { nodeResourcesBalancedWith } from '../plugins/node-resources-balanced.ts';
import { nodeResourcesFitWith } from '../plugins/node-resources-fit.ts';
import { podTopologySpreadWith } from '../plugins/pod-topology-spread.ts';
import { type ResourceWeight, type ShapePoint, strategyOf } from '../plugins/resources/strategy.ts';
import { ConfigurationError, list, number, record, text } from './read.ts';

type Fields = Record<string, unknown>;
type Make = (args: Fields, path: string) => Plugin;

function resourcesIn(value: unknown, path: string): ResourceWeight[] | undefined {
  const resources = list(value, path).map((entry, i) => {
    const { name, weight } = record(entry, `${path}[${i}]`);
    const found = { name: text(name, `${path}[${i}].name`), weight: number(weight, `${path}[${i}].weight`, 1) };
    if (found.weight < 1 || found.weight > 100) {
      throw new ConfigurationError(
        `${path}[${i}].weight: Invalid value: ${found.weight}: resource weight of ${found.name} not in valid range (0, 100]`,
      );
    }
    return found;
  });
  return resources.length > 0 ? resources : undefined;
}

function shapeIn(value: unknown, path: string): ShapePoint[] {
  const shape = list(value, path).map((entry, i) => {
    const { utilization, score } = record(entry, `${path}[${i}]`);
    return { utilization: number(utilization, `${path}[${i}].utilization`), score: number(score, `${path}[${i}].score`) };
  });
  if (shape.length === 0) throw new ConfigurationError(`${path}: Required value: at least one point must be specified`);
  for (const [i, { utilization, score }] of shape.entries()) {
    const at = `${path}[${i}]`;
    if (utilization < 0 || utilization > 100)
      throw new ConfigurationError(`${at}.utilization: Invalid value: ${utilization}: not in valid range [0-100]`);
    if (score < 0 || score > 10) throw new ConfigurationError(`${at}.score: Invalid value: ${score}: not in valid range [0-10]`);
    if (i > 0 && (shape[i - 1] as ShapePoint).utilization >= utilization) {
      throw new ConfigurationError(`${at}.utilization: Invalid value: ${utilization}: utilization values must be sorted in increasing order`);
    }
  }
  return shape;
}

const fit: Make = ({ scoringStrategy, ignoredResources, ignoredResourceGroups }, path) => {
  const strategy = record(scoringStrategy ?? {}, `${path}.scoringStrategy`);
  const type = text(strategy.type, `${path}.scoringStrategy.type`, 'LeastAllocated');
  const resources = resourcesIn(strategy.resources, `${path}.scoringStrategy.resources`);
  const ratio =
    type === 'RequestedToCapacityRatio'
      ? record(strategy.requestedToCapacityRatio ?? {}, `${path}.scoringStrategy.requestedToCapacityRatio`)
      : undefined;
  const shape = ratio && shapeIn(ratio.shape, `${path}.scoringStrategy.requestedToCapacityRatio.shape`);
  const made = strategyOf(type, shape);
  if (!made) {
    throw new ConfigurationError(
      `${path}.scoringStrategy.type: Unsupported value: "${type}": supported values: "LeastAllocated", "MostAllocated", "RequestedToCapacityRatio"`,
    );
  }
  const names = (value: unknown, at: string): string[] => list(value, at).map((entry, i) => text(entry, `${at}[${i}]`));
  return nodeResourcesFitWith({
    ...(type === 'LeastAllocated' && !resources ? {} : { scoring: { strategy: made, resources } }),
    ignored: names(ignoredResources, `${path}.ignoredResources`),
    ignoredGroups: names(ignoredResourceGroups, `${path}.ignoredResourceGroups`),
  });
};

const balanced: Make = ({ resources }, path) => nodeResourcesBalancedWith(resourcesIn(resources, `${path}.resources`)?.map(({ name }) => name));

const affinity: Make = ({ addedAffinity }, path) => {
  const added = record(addedAffinity ?? {}, `${path}.addedAffinity`);
  return nodeAffinityWith({
    required: added.requiredDuringSchedulingIgnoredDuringExecution as NodeSelector | undefined,
    preferred: list(added.preferredDuringSchedulingIgnoredDuringExecution, `${path}.addedAffinity`) as PreferredSchedulingTerm[],
  });
};

const podAffinity: Make = ({ hardPodAffinityWeight, ignorePreferredTermsOfExistingPods }, path) => {
  const weight = number(hardPodAffinityWeight, `${path}.hardPodAffinityWeight`, 1);
  if (weight < 0 || weight > 100) throw new ConfigurationError(`${path}.hardPodAffinityWeight: Invalid value: ${weight}: not in valid range [0-100]`);
  return interPodAffinityWith(weight, ignorePreferredTermsOfExistingPods === true);
};

const spread: Make = ({ defaultingType, defaultConstraints }, path) => {
  const type = text(defaultingType, `${path}.defaultingType`, 'System');
  if (type === 'System') return podTopologySpreadWith(undefined);
  if (type !== 'List') throw new ConfigurationError(`${path}.defaultingType: Unsupported value: "${type}": supported values: "System", "List"`);
  return podTopologySpreadWith(list(defaultConstraints, `${path}.defaultConstraints`) as TopologySpreadConstraint[]);
};

const MAKERS = new Map<string, Make>([
  ['NodeResourcesFit', fit],
  ['NodeResourcesBalancedAllocation', balanced],
  ['NodeAffinity', affinity],
  ['InterPodAffinity', podAffinity],
  ['PodTopologySpread', spread],
]);
/** Their arguments change nothing that there is here. */
const WITHOUT_EFFECT = ['VolumeBinding', 'DefaultPreemption', 'DynamicResources'];

/** The plugins with the arguments of a profile. Models pluginConfig of pkg/scheduler/apis/config/v1. */
export function withArguments(pluginConfig: readonly unknown[], path: string): Plugin[] {
  const made = new Map<string, Plugin>();
  for (const [i, entry] of pluginConfig.entries()) {
    const { name: given, args } = record(entry, `${path}[${i}]`);
    const name = text(given, `${path}[${i}].name`);
    const make = MAKERS.get(name);
    if (make) made.set(name, make(record(args ?? {}, `${path}[${i}].args`), `${path}[${i}].args`));
    else if (!WITHOUT_EFFECT.includes(name)) throw new ConfigurationError(`${path}[${i}].name: Invalid value: "${name}": has no arguments`);
  }
  return DEFAULT_PLUGINS.map((plugin) => made.get(plugin.name) ?? plugin);
}
