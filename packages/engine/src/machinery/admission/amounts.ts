import type { KubeObject } from '../../core/object.ts';
import { formatQuantity, parseQuantity, type Quantity } from '../decode/quantity.ts';

/** Amounts by resource name. */
export type Amounts = Map<string, Quantity>;
type Field = 'requests' | 'limits';
type Container = KubeObject['spec'];

export const amountsOf = (list: Readonly<Record<string, string>> | undefined): Amounts =>
  new Map(Object.entries(list ?? {}).map(([name, text]) => [name, parseQuantity(String(text))]));

export const showAmount = (amount: Quantity): string => formatQuantity(amount);

export function addAmounts(into: Amounts, more: Amounts): void {
  for (const [name, amount] of more) {
    const known = into.get(name);
    into.set(name, known ? { nanos: known.nanos + amount.nanos, format: known.format } : amount);
  }
}

function raiseAmounts(into: Amounts, other: Amounts): void {
  for (const [name, amount] of other) if (amount.nanos > (into.get(name)?.nanos ?? -1n)) into.set(name, amount);
}

/** What a pod asks for, or is limited to, as a whole. Models PodRequests and PodLimits in k8s.io/component-helpers/resource. */
export function podAmounts(spec: KubeObject['spec'], field: Field): Amounts {
  const total: Amounts = new Map();
  for (const container of spec.containers ?? []) addAmounts(total, amountsOf(container.resources?.[field]));
  raiseAmounts(total, initAmounts(total, spec.initContainers ?? [], field));
  for (const [name, amount] of amountsOf(spec.resources?.[field])) total.set(name, amount);
  addOverhead(total, amountsOf(spec.overhead), field);
  return total;
}

/** Sidecars count together with the containers and with whatever initialises after them. */
function initAmounts(total: Amounts, containers: readonly Container[], field: Field): Amounts {
  const sidecars: Amounts = new Map();
  const peak: Amounts = new Map();
  for (const container of containers) {
    const own = amountsOf(container.resources?.[field]);
    if (container.restartPolicy === 'Always') {
      addAmounts(total, own);
      addAmounts(sidecars, own);
      raiseAmounts(peak, sidecars);
    } else {
      const moment = new Map(own);
      addAmounts(moment, sidecars);
      raiseAmounts(peak, moment);
    }
  }
  return peak;
}

/** Overhead adds to every request, but limits nothing that is unlimited. */
function addOverhead(total: Amounts, overhead: Amounts, field: Field): void {
  if (field === 'requests') addAmounts(total, overhead);
  else addAmounts(total, new Map([...overhead].filter(([name]) => total.has(name))));
}
