import type { KubeObject } from '../../../core/object.ts';
import type { KindDefinition } from '../../kind.ts';

type Spec = KubeObject['spec'];

interface Requirement {
  scopeName: string;
  operator: string;
  values?: readonly string[];
}

/** Scopes are requirements without values, whichever way they are written. */
const requirementsOf = ({ spec }: KubeObject): Requirement[] => [
  ...((spec?.scopes ?? []) as string[]).map((scopeName) => ({ scopeName, operator: 'Exists' })),
  ...((spec?.scopeSelector?.matchExpressions ?? []) as Requirement[]),
];

/** Whether a quota counts an object at all. Models Matches of the evaluators in pkg/quota/v1/evaluator/core. */
export function inScope(quota: KubeObject, kind: Pick<KindDefinition, 'group' | 'plural'>, object: KubeObject): boolean {
  const requirements = requirementsOf(quota);
  if (requirements.length === 0) return true;
  if (kind.group !== '') return false;
  if (kind.plural === 'pods') return requirements.every((requirement) => podMatches(requirement, object.spec));
  if (kind.plural === 'persistentvolumeclaims') return requirements.every((requirement) => claimMatches(requirement, object));
  return false;
}

function podMatches(requirement: Requirement, spec: Spec): boolean {
  switch (requirement.scopeName) {
    case 'Terminating':
      return isTerminating(spec);
    case 'NotTerminating':
      return !isTerminating(spec);
    case 'BestEffort':
      return isBestEffort(spec);
    case 'NotBestEffort':
      return !isBestEffort(spec);
    case 'CrossNamespacePodAffinity':
      return crossesNamespaces(spec?.affinity);
    case 'PriorityClass':
      return valueMatches(requirement, spec?.priorityClassName ? [spec.priorityClassName] : []);
    default:
      return false;
  }
}

function claimMatches(requirement: Requirement, { spec, status }: KubeObject): boolean {
  if (requirement.scopeName !== 'VolumeAttributesClass') return false;
  const names = [
    spec?.volumeAttributesClassName,
    status?.currentVolumeAttributesClassName,
    status?.modifyVolumeStatus?.targetVolumeAttributesClassName,
  ];
  return valueMatches(requirement, names.filter(Boolean));
}

function valueMatches({ operator, values = [] }: Requirement, names: readonly string[]): boolean {
  switch (operator) {
    case 'In':
      return names.some((name) => values.includes(name));
    case 'NotIn':
      return names.length > 0 && !names.some((name) => values.includes(name));
    case 'Exists':
      return names.length > 0;
    default:
      return names.length === 0;
  }
}

const isTerminating = (spec: Spec): boolean => (spec?.activeDeadlineSeconds ?? -1) >= 0;

function isBestEffort(spec: Spec): boolean {
  const parts: Spec[] = [spec, ...(spec?.containers ?? []), ...(spec?.initContainers ?? [])];
  const amounts = parts.flatMap(({ resources }) => [resources?.requests, resources?.limits]);
  return !amounts.some((list) => ['cpu', 'memory'].some((name) => list?.[name] !== undefined && list[name] !== '0'));
}

function crossesNamespaces(affinity: Spec): boolean {
  const terms: Spec[] = [affinity?.podAffinity, affinity?.podAntiAffinity].flatMap((rules) => [
    ...(rules?.requiredDuringSchedulingIgnoredDuringExecution ?? []),
    ...(rules?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map((weighted: Spec) => weighted.podAffinityTerm),
  ]);
  return terms.some((term) => (term.namespaces?.length ?? 0) > 0 || term.namespaceSelector !== undefined);
}
