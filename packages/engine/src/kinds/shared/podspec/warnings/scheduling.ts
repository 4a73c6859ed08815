import type { Part } from '../../fields.ts';
import { labelWarnings, nodeSelectorWarnings, selectorTermWarnings } from './node-labels.ts';

const NO_MATCH = 'a null labelSelector results in matching no pod';
const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution';

const without = (selector: unknown, path: string): string[] => (selector ? [] : [`${path}.labelSelector: ${NO_MATCH}`]);
const each = (terms: Part[] | undefined, path: string, of: (term: Part, path: string) => string[]): string[] =>
  (terms ?? []).flatMap((term, i) => of(term, `${path}[${i}]`));

/** Labels of old, in all places that name labels of nodes. */
export const placementWarnings = ({ nodeSelector, affinity, topologySpreadConstraints }: Part, path: string): string[] => [
  ...nodeSelectorWarnings(nodeSelector, `${path}.nodeSelector`),
  ...nodeAffinityWarnings(affinity?.nodeAffinity, `${path}.affinity.nodeAffinity`),
  ...each(topologySpreadConstraints, `${path}.topologySpreadConstraints`, (constraint, at) => [
    ...labelWarnings(constraint.topologyKey, `${at}.topologyKey`),
    ...without(constraint.labelSelector, at),
  ]),
];

const nodeAffinityWarnings = (affinity: Part | undefined, path: string): string[] => [
  ...each(affinity?.[REQUIRED]?.nodeSelectorTerms, `${path}.${REQUIRED}.nodeSelectorTerms`, (term, at) => selectorTermWarnings(term, at)),
  ...each(affinity?.[PREFERRED], `${path}.${PREFERRED}`, ({ preference }, at) => selectorTermWarnings(preference, `${at}.preference`, true)),
];

/** Models warningsForPodAffinityTerms and warningsForWeightedPodAffinityTerms. */
export const podAffinityWarnings = ({ affinity }: Part, path: string): string[] =>
  ['podAffinity', 'podAntiAffinity'].flatMap((kind) => {
    const at = `${path}.affinity.${kind}`;
    const terms: Part | undefined = affinity?.[kind];
    return [
      ...each(terms?.[REQUIRED], `${at}.${REQUIRED}`, (term, here) => without(term.labelSelector, here)),
      ...each(terms?.[PREFERRED], `${at}.${PREFERRED}`, ({ podAffinityTerm }, here) =>
        without(podAffinityTerm?.labelSelector, `${here}.podAffinityTerm`),
      ),
    ];
  });
