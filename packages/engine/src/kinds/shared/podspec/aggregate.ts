import { addQuantities, formatQuantity, parseQuantity, type Quantity } from '../../../machinery/decode/quantity.ts';
import { type Part, sortedKeys } from '../fields.ts';
import { isSidecar } from './rules.ts';

type Amounts = Map<string, Quantity>;

function add(sums: Amounts, more: Amounts): void {
  for (const [name, amount] of more) {
    const sum = sums.get(name);
    sums.set(name, sum ? addQuantities(sum, amount) : amount);
  }
}

function raise(peaks: Amounts, others: Amounts): void {
  for (const [name, amount] of others) {
    const peak = peaks.get(name);
    if (!peak || amount.nanos > peak.nanos) peaks.set(name, amount);
  }
}

/**
 * What the containers of a pod are said to have together: they run at once, init containers one after another beside the sidecars started before
 * them. Models AggregateContainerRequests and AggregateContainerLimits in k8s.io/component-helpers/resource.
 */
export function aggregate(spec: Part, list: 'requests' | 'limits'): Map<string, string> {
  const amountsOf = (container: Part): Amounts => {
    const amounts = container.resources?.[list];
    return new Map(sortedKeys(amounts).map((name) => [name, parseQuantity(String(amounts[name]))]));
  };
  const total: Amounts = new Map();
  for (const container of spec.containers ?? []) add(total, amountsOf(container));
  const [sidecars, peaks]: [Amounts, Amounts] = [new Map(), new Map()];
  for (const container of spec.initContainers ?? []) {
    const amounts = amountsOf(container);
    if (isSidecar(container)) {
      add(total, amounts);
      add(sidecars, amounts);
      raise(peaks, sidecars);
    } else {
      add(amounts, sidecars);
      raise(peaks, amounts);
    }
  }
  raise(total, peaks);
  return new Map([...total].map(([name, amount]) => [name, formatQuantity(amount)]));
}
