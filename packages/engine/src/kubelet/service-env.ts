import { type Instant, toRfc3339 } from '../core/instant.ts';
import type { KubeObject } from '../core/object.ts';
import type { Projection } from '../core/projection.ts';
import type { View } from '../core/txn.ts';
import type { PodObject } from '../kinds/shared/pod.ts';

interface ServicePort {
  name?: string;
  port: number;
  protocol?: string;
}

/** Variables of a namespace's services, and when the youngest of these was made. */
interface Known {
  values: ReadonlyMap<string, string>;
  youngest: string;
}

/** Every container of a namespace starts with the same ones, until a service comes, goes or changes. */
const byNamespace: Projection<Map<string, Known>> = {
  name: 'service-variables',
  build: () => new Map(),
  apply: (known, { key }) => {
    if (key.startsWith('core/services/')) known.clear();
  },
};

/** Variables of the services that were there when a container was created. Models pkg/kubelet/envvars. */
export function serviceVariables(view: View, pod: PodObject, at: Instant): Map<string, string> {
  const namespace = pod.spec.enableServiceLinks === false ? '' : (pod.metadata.namespace as string);
  const all = view.project(byNamespace);
  const known = all.get(namespace) ?? variablesOf(view, namespace);
  all.set(namespace, known);
  const until = toRfc3339(at);
  return new Map(known.youngest <= until ? known.values : variablesOf(view, namespace, until).values);
}

/** @param until those that were made later are left out */
function variablesOf(view: View, namespace: string, until?: string): Known {
  const values = new Map<string, string>();
  const master = view.get('core/services/default/kubernetes');
  if (master) addService(values, master);
  let youngest = '';
  for (const service of namespace === '' ? [] : view.list('core/services', namespace)) {
    const { creationTimestamp = '' } = service.metadata;
    if (until !== undefined && creationTimestamp > until) continue;
    addService(values, service);
    if (creationTimestamp > youngest) youngest = creationTimestamp;
  }
  return { values, youngest };
}

function addService(values: Map<string, string>, service: KubeObject): void {
  const ip = service.spec?.clusterIP as string | undefined;
  const ports = (service.spec?.ports ?? []) as ServicePort[];
  if (!ip || ip === 'None' || ports.length === 0) return;
  const prefix = (service.metadata.name ?? '').toUpperCase().replaceAll('-', '_');
  values.set(`${prefix}_SERVICE_HOST`, ip);
  values.set(`${prefix}_SERVICE_PORT`, String(ports[0]?.port));
  for (const { name, port } of ports) if (name) values.set(`${prefix}_SERVICE_PORT_${name.toUpperCase().replaceAll('-', '_')}`, String(port));
  for (const [i, { port, protocol = 'TCP' }] of ports.entries()) {
    const scheme = protocol.toLowerCase();
    if (i === 0) values.set(`${prefix}_PORT`, `${scheme}://${ip}:${port}`);
    const one = `${prefix}_PORT_${port}_${protocol}`;
    values.set(one, `${scheme}://${ip}:${port}`);
    values.set(`${one}_PROTO`, scheme);
    values.set(`${one}_PORT`, String(port));
    values.set(`${one}_ADDR`, ip);
  }
}
