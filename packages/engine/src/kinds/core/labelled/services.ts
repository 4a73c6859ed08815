import type { ObjectKey } from '../../../core/key.ts';
import type { KubeObject } from '../../../core/object.ts';
import type { Projection } from '../../../core/projection.ts';
import type { View } from '../../../core/txn.ts';
import { selectorMatches } from '../../rules/selector.ts';

type Labels = Record<string, string>;
/** Service keys by namespace, then by one pair of their selector. */
type ServicesBySelector = Map<string, Map<string, Set<ObjectKey>>>;

const pair = (label: string, value: string): string => `${label}=${value}`;

/** One pair is enough to find a service by a pod's labels: all of them must be there. */
function pairOf({ spec }: KubeObject): string | undefined {
  const [label] = Object.keys(spec?.selector ?? {}).sort();
  return label === undefined ? undefined : pair(label, spec.selector[label]);
}

function add(services: ServicesBySelector, key: ObjectKey, service: KubeObject): void {
  const at = pairOf(service);
  if (at === undefined) return;
  const namespace = service.metadata.namespace ?? '';
  const beside = services.get(namespace) ?? new Map<string, Set<ObjectKey>>();
  services.set(namespace, beside);
  const known = beside.get(at);
  if (known) known.add(key);
  else beside.set(at, new Set([key]));
}

function drop(services: ServicesBySelector, key: ObjectKey, service: KubeObject): void {
  const at = pairOf(service);
  const beside = services.get(service.metadata.namespace ?? '');
  if (at === undefined || !beside) return;
  const known = beside.get(at);
  known?.delete(key);
  if (known?.size === 0) beside.delete(at);
  if (beside.size === 0) services.delete(service.metadata.namespace ?? '');
}

const servicesBySelector: Projection<ServicesBySelector> = {
  name: 'services-by-selector',
  build: (view) => {
    const services: ServicesBySelector = new Map();
    for (const service of view.list('core/services')) add(services, `core/services/${service.metadata.namespace}/${service.metadata.name}`, service);
    return services;
  },
  apply: (services, event) => {
    if (!event.key.startsWith('core/services/')) return;
    if (event.previous) drop(services, event.key, event.previous.object);
    if (event.type !== 'DELETED') add(services, event.key, event.stored.object);
  },
};

const NO_SERVICES: readonly ObjectKey[] = [];

/** Keys of the services of a namespace that select a pod with these labels. */
export function servicesSelecting(view: View, namespace: string, labels: Labels | undefined): readonly ObjectKey[] {
  const services = view.project(servicesBySelector).get(namespace);
  if (!services) return NO_SERVICES;
  const found: ObjectKey[] = [];
  for (const [label, value] of Object.entries(labels ?? {})) {
    for (const key of services.get(pair(label, value)) ?? []) {
      if (selectorMatches({ matchLabels: view.get(key)?.spec?.selector }, labels)) found.push(key);
    }
  }
  return found.sort();
}
