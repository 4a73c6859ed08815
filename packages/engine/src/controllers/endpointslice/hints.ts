import { equalJson } from '../../core/json.ts';
import type { KubeObject } from '../../core/object.ts';
import type { Endpoint } from './endpoint.ts';
import type { Plan, WantedSlice } from './reconcile.ts';
import type { Service } from './serving.ts';
import { wantsTopologyHints, withTopologyHints, type zoneShares } from './topology.ts';

type Hints = NonNullable<Endpoint['hints']>;

/** Models staging/src/k8s.io/endpointslice/trafficdist: every ready endpoint is meant for its own zone, or its own node first. */
function hintFor(distribution: string): ((endpoint: Endpoint) => Hints | undefined) | undefined {
  const zone = ({ zone: name }: Endpoint): Hints | undefined => (name ? { forZones: [{ name }] } : undefined);
  switch (distribution) {
    case 'PreferClose':
    case 'PreferSameZone':
      return zone;
    case 'PreferSameNode':
      return (endpoint) => (endpoint.nodeName && endpoint.zone ? { ...zone(endpoint), forNodes: [{ name: endpoint.nodeName }] } : undefined);
    default:
      return undefined;
  }
}

const hinted = (endpoint: Endpoint, hint: ReturnType<typeof hintFor>): Endpoint => {
  const { hints: old, ...plain } = endpoint;
  const hints = endpoint.conditions.ready ? hint?.(endpoint) : undefined;
  if (equalJson(old, hints)) return endpoint;
  return hints ? { ...plain, hints } : plain;
};

/** The plan with hints for kube-proxy as the service asks for them, or without any. */
export function withHints(plan: Plan, service: Service, unchanged: readonly KubeObject[], shares: () => ReturnType<typeof zoneShares>): Plan {
  if (wantsTopologyHints(service)) return withTopologyHints(plan, unchanged, shares());
  const hint = hintFor(service.spec.trafficDistribution ?? '');
  const apply = (wanted: WantedSlice): WantedSlice => ({ ...wanted, endpoints: wanted.endpoints.map((endpoint) => hinted(endpoint, hint)) });
  const further = unchanged.flatMap((slice) => {
    const endpoints: Endpoint[] = slice.endpoints ?? [];
    const now = endpoints.map((endpoint) => hinted(endpoint, hint));
    const same = now.every((endpoint, i) => endpoint === endpoints[i]);
    return same ? [] : [{ slice, addressType: slice.addressType, ports: slice.ports ?? [], endpoints: now }];
  });
  return { ...plan, create: plan.create.map(apply), update: [...plan.update.map(apply), ...further] };
}
