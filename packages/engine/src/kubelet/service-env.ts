import { type Instant, toRfc3339 } from '../core/instant.ts';
import type { KubeObject } from '../core/object.ts';
import type { View } from '../core/txn.ts';
import type { PodObject } from '../kinds/shared/pod.ts';

interface ServicePort {
  name?: string;
  port: number;
  protocol?: string;
}

/** Variables of the services that were there when a container was created. Models pkg/kubelet/envvars. */
export function serviceVariables(view: View, pod: PodObject, at: Instant): Map<string, string> {
  const values = new Map<string, string>();
  const master = view.get('core/services/default/kubernetes');
  if (master) addService(values, master);
  if (pod.spec.enableServiceLinks === false) return values;
  const until = toRfc3339(at);
  for (const service of view.list('core/services', pod.metadata.namespace)) {
    if ((service.metadata.creationTimestamp ?? '') <= until) addService(values, service);
  }
  return values;
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
