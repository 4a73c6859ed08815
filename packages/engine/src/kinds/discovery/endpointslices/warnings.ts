import type { KubeObject } from '../../../core/object.ts';
import { ownValue, type Part } from '../../shared/fields.ts';
import { ipWarnings } from '../../shared/ip-warnings.ts';

const CONTROLLERS = ['endpointslice-controller.k8s.io', 'endpointslicemirroring-controller.k8s.io'];

/** Models warnOnDeprecatedAddressType and warnOnBadIPs in pkg/registry/discovery/endpointslice/strategy.go, the path included. */
export function warnings({ addressType, endpoints, metadata }: KubeObject): string[] {
  if (addressType === 'FQDN') return ['spec.addressType: FQDN endpoints are deprecated'];
  if (CONTROLLERS.includes(ownValue(metadata.labels, 'endpointslice.kubernetes.io/managed-by') ?? '')) return [];
  return ((endpoints ?? []) as Part[]).flatMap(({ addresses }, i) =>
    ((addresses ?? []) as string[]).flatMap((address, n) => ipWarnings(address, `endpoints[${i}].addresses[${n}]`)),
  );
}
