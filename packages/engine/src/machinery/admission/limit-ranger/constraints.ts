import type { KubeObject } from '../../../core/object.ts';
import { parseQuantity, type Quantity } from '../../decode/quantity.ts';
import { type Amounts, amountsOf, podAmounts, showAmount } from '../amounts.ts';

// Models the constraint functions of plugin/pkg/admission/limitranger/admission.go; the two spaces are upstream's.

/** What one container, pod or claim asks for and is limited to. */
interface Use {
  requests: Amounts;
  limits: Amounts;
}

function belowMinimum(type: string, name: string, bound: Quantity, { requests, limits }: Use): string | undefined {
  const [request, limit] = [requests.get(name), limits.get(name)];
  const head = `minimum ${name} usage per ${type} is ${showAmount(bound)}`;
  if (!request) return `${head}.  No request is specified`;
  if (request.nanos < bound.nanos) return `${head}, but request is ${showAmount(request)}`;
  return limit && limit.nanos < bound.nanos ? `${head}, but limit is ${showAmount(limit)}` : undefined;
}

function aboveMaximum(type: string, name: string, bound: Quantity, { requests, limits }: Use): string | undefined {
  const [request, limit] = [requests.get(name), limits.get(name)];
  const head = `maximum ${name} usage per ${type} is ${showAmount(bound)}`;
  if (!limit) return `${head}.  No limit is specified`;
  if (limit.nanos > bound.nanos) return `${head}, but limit is ${showAmount(limit)}`;
  return request && request.nanos > bound.nanos ? `${head}, but request is ${showAmount(request)}` : undefined;
}

/** Claims have no limits: what they ask for is what is bounded. */
function requestAboveMaximum(type: string, name: string, bound: Quantity, { requests }: Use): string | undefined {
  const request = requests.get(name);
  const head = `maximum ${name} usage per ${type} is ${showAmount(bound)}`;
  if (!request) return `${head}.  No request is specified`;
  return request.nanos > bound.nanos ? `${head}, but request is ${showAmount(request)}` : undefined;
}

function aboveRatio(type: string, name: string, bound: Quantity, { requests, limits }: Use): string | undefined {
  const [request, limit] = [requests.get(name), limits.get(name)];
  const head = `${name} max limit to request ratio per ${type} is ${showAmount(bound)}`;
  if (!request || request.nanos === 0n) return `${head}, but no request is specified or request is 0`;
  if (!limit || limit.nanos === 0n) return `${head}, but no limit is specified or limit is 0`;
  const ratio = Number(limit.nanos) / Number(request.nanos);
  return ratio > Number(bound.nanos) / 1e9 ? `${head}, but provided ratio is ${ratio.toFixed(6)}` : undefined;
}

type Check = (type: string, name: string, bound: Quantity, use: Use) => string | undefined;

const CHECKS: readonly (readonly [field: string, check: Check])[] = [
  ['min', belowMinimum],
  ['max', aboveMaximum],
  ['maxLimitRequestRatio', aboveRatio],
];
const CLAIM_CHECKS: typeof CHECKS = [
  ['min', belowMinimum],
  ['max', requestAboveMaximum],
];

function problems(item: KubeObject['spec'], use: Use, checks: typeof CHECKS): string[] {
  return checks.flatMap(([field, check]) =>
    Object.keys(item[field] ?? {})
      .sort()
      .flatMap((name) => check(item.type, name, parseQuantity(String(item[field][name])), use) ?? []),
  );
}

const useOf = (resources: KubeObject['spec']): Use => ({ requests: amountsOf(resources?.requests), limits: amountsOf(resources?.limits) });

/** Everything about a pod that a range does not allow. */
export function podProblems(pod: KubeObject, range: KubeObject): string[] {
  const containers: KubeObject['spec'][] = [...(pod.spec.containers ?? []), ...(pod.spec.initContainers ?? [])];
  return (range.spec?.limits ?? []).flatMap((item: KubeObject['spec']) => {
    if (item.type === 'Container') return containers.flatMap(({ resources }) => problems(item, useOf(resources), CHECKS));
    if (item.type !== 'Pod') return [];
    return problems(item, { requests: podAmounts(pod.spec, 'requests'), limits: podAmounts(pod.spec, 'limits') }, CHECKS);
  });
}

export const claimProblems = (claim: KubeObject, range: KubeObject): string[] =>
  (range.spec?.limits ?? []).flatMap((item: KubeObject['spec']) =>
    item.type === 'PersistentVolumeClaim' ? problems(item, useOf(claim.spec?.resources), CLAIM_CHECKS) : [],
  );
