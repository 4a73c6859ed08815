import type { KubeObject } from '../../../core/object.ts';
import type { KindDefinition } from '../../kind.ts';
import { type Amounts, amountsOf } from '../amounts.ts';
import { count } from './count.ts';
import { deviceUsage, PER_DEVICE_CLASS } from './devices.ts';
import { podUsage } from './pods.ts';

type Kind = Pick<KindDefinition, 'group' | 'plural'>;

/** Core resources that may also be counted under their bare name. Models legacyObjectCountAliases in pkg/quota/v1/evaluator/core/registry.go. */
const BARE: readonly string[] = ['configmaps', 'resourcequotas', 'replicationcontrollers', 'secrets', 'services', 'persistentvolumeclaims'];

const DEVICE_CLAIMS: Kind = { group: 'resource.k8s.io', plural: 'resourceclaims' };

const CLASS_BETA = 'volume.beta.kubernetes.io/storage-class';

/** `count/deployments.apps` */
export const countName = ({ group, plural }: Kind): string => `count/${plural}${group === '' ? '' : `.${group}`}`;

// Models pkg/quota/v1/evaluator/core/services.go.
function serviceUsage({ spec }: KubeObject, usage: Amounts): void {
  const ports: { nodePort?: number }[] = spec?.ports ?? [];
  const balanced = spec?.type === 'LoadBalancer';
  if (balanced) usage.set('services.loadbalancers', count(1));
  const nodePorts = balanced && spec.allocateLoadBalancerNodePorts === false ? ports.filter((port) => port.nodePort).length : ports.length;
  if (balanced || spec?.type === 'NodePort') usage.set('services.nodeports', count(nodePorts));
}

// Models pkg/quota/v1/evaluator/core/persistent_volume_claims.go.
function claimUsage({ metadata, spec }: KubeObject, usage: Amounts): void {
  const storage = amountsOf(spec?.resources?.requests).get('storage');
  const storageClass: string = metadata.annotations?.[CLASS_BETA] ?? spec?.storageClassName ?? '';
  const prefix = `${storageClass}.storageclass.storage.k8s.io/`;
  if (storageClass) usage.set(`${prefix}persistentvolumeclaims`, count(1));
  if (!storage) return;
  usage.set('requests.storage', storage);
  if (storageClass) usage.set(`${prefix}requests.storage`, storage);
}

/** Everything that an object takes of its namespace's quotas. */
export function usageOf(kind: Kind, object: KubeObject): Amounts {
  const usage: Amounts = new Map([[countName(kind), count(1)]]);
  if (kind.group !== '') {
    if (kind.plural === DEVICE_CLAIMS.plural && kind.group === DEVICE_CLAIMS.group) deviceUsage(object, usage);
    return usage;
  }
  if (kind.plural === 'pods') return podUsage(object);
  if (BARE.includes(kind.plural)) usage.set(kind.plural, count(1));
  if (kind.plural === 'services') serviceUsage(object, usage);
  if (kind.plural === 'persistentvolumeclaims') claimUsage(object, usage);
  return usage;
}

/** The resource whose objects a name of a quota counts, as `<group>/<plural>` with '' for core; undefined for names that nothing uses. */
export function resourceCounted(name: string): Kind {
  if (name.startsWith('count/')) {
    const [plural, ...group] = name.slice('count/'.length).split('.') as [string, ...string[]];
    return { group: group.join('.'), plural };
  }
  if (BARE.includes(name)) return { group: '', plural: name };
  if (name.startsWith('services.')) return { group: '', plural: 'services' };
  if (name === 'requests.storage' || name.includes('.storageclass.storage.k8s.io/')) return { group: '', plural: 'persistentvolumeclaims' };
  return name.endsWith(PER_DEVICE_CLASS) ? DEVICE_CLAIMS : { group: '', plural: 'pods' };
}
