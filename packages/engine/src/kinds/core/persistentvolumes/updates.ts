import type { FieldError } from '../../../machinery/field.ts';
import { validateImmutable } from '../../shared/equal.ts';
import type { Part } from '../../shared/fields.ts';
import { goStruct } from '../../shared/go/show.ts';

/** Labels that got new names: a volume may follow. */
const RENAMED: Record<string, string> = {
  'failure-domain.beta.kubernetes.io/zone': 'topology.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/region': 'topology.kubernetes.io/region',
  'beta.kubernetes.io/instance-type': 'node.kubernetes.io/instance-type',
  'beta.kubernetes.io/os': 'kubernetes.io/os',
  'beta.kubernetes.io/arch': 'kubernetes.io/arch',
};

const renamedKey = (key: string, now: string | undefined): string => (Object.hasOwn(RENAMED, key) && RENAMED[key] === now ? (now as string) : key);

/** The old constraints with the names that the new ones use. */
function renamed(before: Part, now: Part): Part {
  const terms: Part[] | undefined = before?.required?.nodeSelectorTerms;
  if (!terms) return before;
  const rename = (term: Part, i: number): Part => ({
    ...term,
    matchExpressions: term.matchExpressions?.map((requirement: Part, j: number) => ({
      ...requirement,
      key: renamedKey(requirement.key, now?.required?.nodeSelectorTerms?.[i]?.matchExpressions?.[j]?.key),
    })),
  });
  return { ...before, required: { ...before.required, nodeSelectorTerms: terms.map(rename) } };
}

/** Models validatePvNodeAffinity. */
export const validateAffinityUpdate = (affinity: Part, before: Part): FieldError[] =>
  validateImmutable(affinity, renamed(before, affinity), 'nodeAffinity', (value) => (value ? goStruct('VolumeNodeAffinity', value) : null));

/** The secret that expands a volume may be added later; what is left must be what was. */
export function withoutNewSecret(source: Part, old: Part): Part {
  if (!source.csi?.controllerExpandSecretRef || !old.csi || old.csi.controllerExpandSecretRef) return source;
  const { controllerExpandSecretRef: _, ...csi } = source.csi;
  return { ...source, csi };
}
