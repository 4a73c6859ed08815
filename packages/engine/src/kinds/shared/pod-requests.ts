import type { Container, ContainerStatus } from '@vivakube/schema/types/core.v1';
import { conditionOf, isResizing, type PodObject } from './pod.ts';
import { milliUnits, wholeUnits } from './quantity.ts';

/** Amounts by resource name: cpu in thousandths, everything else in whole units (bytes, pods, devices). */
export type Amounts = Map<string, number>;

const MEMO_MAX = 4096;
const memo = new Map<string, number>();

/** Amount of one quantity. Remembered, because the same few texts come again and again. */
export function amountOf(resource: string, quantity: string | number): number {
  const text = resource === 'cpu' ? `m${quantity}` : `u${quantity}`;
  const known = memo.get(text);
  if (known !== undefined) return known;
  const amount = Number(resource === 'cpu' ? milliUnits(quantity) : wholeUnits(quantity));
  if (memo.size >= MEMO_MAX) memo.clear();
  memo.set(text, amount);
  return amount;
}

export function amountsOf(list: Record<string, string> | undefined): Amounts {
  const amounts: Amounts = new Map();
  if (list) for (const name of Object.keys(list)) amounts.set(name, amountOf(name, list[name] as string));
  return amounts;
}

export function addAmounts(into: Amounts, more: Amounts): void {
  for (const [name, amount] of more) into.set(name, (into.get(name) ?? 0) + amount);
}

function raiseAmounts(into: Amounts, other: Amounts): void {
  for (const [name, amount] of other) if (amount > (into.get(name) ?? 0)) into.set(name, amount);
}

/** Requests of one container. */
export type RequestsOf = (container: Container) => Amounts;

export const isSidecar = (container: Container): boolean => container.restartPolicy === 'Always';

/** What the spec says. */
export const plainRequests: RequestsOf = (container) => amountsOf(container.resources?.requests);

const statusOf = ({ status }: PodObject, name: string): ContainerStatus | undefined =>
  [...(status?.containerStatuses ?? []), ...(status?.initContainerStatuses ?? [])].find((s) => s.name === name);

/** While a pod is being resized it holds what it has and what it asks for. Models determineContainerReqs in k8s.io/component-helpers/resource. */
function requestsWhileResizing(pod: PodObject): RequestsOf {
  if (!isResizing(pod)) return plainRequests;
  const infeasible = conditionOf(pod.status, 'PodResizePending')?.reason === 'Infeasible';
  return (container) => {
    const status = statusOf(pod, container.name);
    const amounts: Amounts = infeasible && status ? new Map() : plainRequests(container);
    raiseAmounts(amounts, amountsOf(status?.resources?.requests));
    raiseAmounts(amounts, amountsOf(status?.allocatedResources));
    return amounts;
  };
}

/** What its node has set aside for a pod. */
export const allocatedRequests = (pod: PodObject): Amounts =>
  conditionOf(pod.status, 'PodResizePending')
    ? podRequests(pod, (container) => amountsOf(statusOf(pod, container.name)?.allocatedResources ?? container.resources?.requests))
    : podRequests(pod, plainRequests);

/**
 * What a pod asks of its node: the larger of its containers together and of its hungriest moment while initialising; sidecars count in both.
 * Models PodRequests in k8s.io/component-helpers/resource.
 */
export function podRequests(pod: PodObject, requestsOf: RequestsOf = requestsWhileResizing(pod)): Amounts {
  const total: Amounts = new Map();
  for (const container of pod.spec.containers) addAmounts(total, requestsOf(container));
  if (pod.spec.initContainers?.length) addInitContainers(total, pod.spec.initContainers, requestsOf);
  for (const [name, amount] of podLevelRequests(pod)) total.set(name, amount);
  if (pod.spec.overhead) addAmounts(total, amountsOf(pod.spec.overhead));
  return total;
}

/** What is asked for the pod as a whole counts instead of what its containers ask for. */
function podLevelRequests(pod: PodObject): Amounts {
  const { spec, status } = pod;
  const asked = amountsOf(spec.resources?.requests);
  if (asked.size === 0 || !isResizing(pod)) return asked;
  if (conditionOf(status, 'PodResizePending')?.reason === 'Infeasible') asked.clear();
  raiseAmounts(asked, amountsOf(status?.resources?.requests));
  raiseAmounts(asked, amountsOf(status?.allocatedResources));
  return asked;
}

function addInitContainers(total: Amounts, containers: readonly Container[], requestsOf: RequestsOf): void {
  const sidecars: Amounts = new Map();
  const peak: Amounts = new Map();
  for (const container of containers) {
    const own = requestsOf(container);
    if (isSidecar(container)) {
      addAmounts(total, own);
      addAmounts(sidecars, own);
      raiseAmounts(peak, sidecars);
    } else {
      const moment = new Map(own);
      addAmounts(moment, sidecars);
      raiseAmounts(peak, moment);
    }
  }
  raiseAmounts(total, peak);
}
