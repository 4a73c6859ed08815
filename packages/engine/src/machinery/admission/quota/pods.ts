import type { KubeObject } from '../../../core/object.ts';
import { type Amounts, amountsOf, podAmounts } from '../amounts.ts';
import { count } from './count.ts';

// Models pkg/quota/v1/evaluator/core/pods.go.
type Spec = KubeObject['spec'];

const NATIVE = ['cpu', 'memory', 'ephemeral-storage'];
/** What containers must say once a quota counts it. */
const DEMANDED = ['cpu', 'memory', 'requests.cpu', 'requests.memory', 'limits.cpu', 'limits.memory'];

/** Names under which a quota counts what is asked for and what is limited. */
function computeUsage(requests: Amounts, limits: Amounts): Amounts {
  const usage: Amounts = new Map();
  for (const [name, amount] of requests) {
    if (NATIVE.includes(name) || name.startsWith('hugepages-')) usage.set(name, amount);
    usage.set(`requests.${name}`, amount);
  }
  for (const [name, amount] of limits) if (NATIVE.includes(name)) usage.set(`limits.${name}`, amount);
  return usage;
}

/** A pod that is over needs nothing any more, though it still is an object. */
export const isOver = ({ status }: KubeObject): boolean => status?.phase === 'Succeeded' || status?.phase === 'Failed';

export function podUsage(pod: KubeObject): Amounts {
  const usage: Amounts = new Map([['count/pods', count(1)]]);
  if (isOver(pod)) return usage;
  usage.set('pods', count(1));
  for (const [name, amount] of computeUsage(podAmounts(pod.spec, 'requests'), podAmounts(pod.spec, 'limits'))) usage.set(name, amount);
  return usage;
}

/** `must specify limits.cpu for: a,b; memory for: a`, or undefined where every container says what the quota counts. */
export function silence({ spec }: KubeObject, hard: readonly string[]): string | undefined {
  const demanded = DEMANDED.filter((name) => hard.includes(name)).sort();
  if (demanded.length === 0) return undefined;
  const containers: Spec[] = [...(spec.containers ?? []), ...(spec.initContainers ?? [])];
  const said = (resources: Spec): Amounts => computeUsage(amountsOf(resources?.requests), amountsOf(resources?.limits));
  const forPod = said(spec.resources);
  const parts = demanded.flatMap((name) => {
    if (forPod.has(name)) return [];
    const names = [...new Set(containers.filter(({ resources }) => !said(resources).has(name)).map((container) => container.name))].sort();
    return names.length > 0 ? [`${name} for: ${names.join(',')}`] : [];
  });
  return parts.length > 0 ? `must specify ${parts.join('; ')}` : undefined;
}
