import type { ObjectKey } from '../../../core/key.ts';
import type { KubeObject } from '../../../core/object.ts';
import type { Projection } from '../../../core/projection.ts';
import type { View } from '../../../core/txn.ts';
import { selectorMatches } from '../../rules/selector.ts';

type Labels = Record<string, string>;
/** Service keys by namespace and one pair of their selector. */
type ServicesBySelector = Map<string, Set<ObjectKey>>;

const entry = (namespace: string, label: string, value: string): string => `${namespace}/${label}=${value}`;

/** One pair is enough to find a service by a pod's labels: all of them must be there. */
function entryOf({ metadata, spec }: KubeObject): string | undefined {
  const [label] = Object.keys(spec?.selector ?? {}).sort();
  return label === undefined ? undefined : entry(metadata.namespace ?? '', label, spec.selector[label]);
}

function add(services: ServicesBySelector, key: ObjectKey, service: KubeObject): void {
  const at = entryOf(service);
  if (at === undefined) return;
  const known = services.get(at);
  if (known) known.add(key);
  else services.set(at, new Set([key]));
}

function drop(services: ServicesBySelector, key: ObjectKey, service: KubeObject): void {
  const at = entryOf(service);
  if (at !== undefined) services.get(at)?.delete(key);
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

/** Keys of the services of a namespace that select a pod with these labels. */
export function servicesSelecting(view: View, namespace: string, labels: Labels | undefined): ObjectKey[] {
  const services = view.project(servicesBySelector);
  const found: ObjectKey[] = [];
  for (const [label, value] of Object.entries(labels ?? {})) {
    for (const key of services.get(entry(namespace, label, value)) ?? []) {
      if (selectorMatches({ matchLabels: view.get(key)?.spec?.selector }, labels)) found.push(key);
    }
  }
  return found.sort();
}
