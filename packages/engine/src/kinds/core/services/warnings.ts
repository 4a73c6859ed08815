import type { KubeObject } from '../../../core/object.ts';
import { ownValue } from '../../shared/fields.ts';
import { cidrWarnings, ipWarnings } from '../../shared/ip-warnings.ts';

const HINTS = 'service.kubernetes.io/topology-aware-hints';

/** Models GetWarningsForService in pkg/api/service/warnings.go. */
export function warnings({ metadata, spec }: KubeObject): string[] {
  const headless = spec.type === 'ClusterIP' && spec.clusterIP === 'None';
  const named = spec.type === 'ExternalName';
  const external = (spec.externalIPs ?? []).length > 0;
  const found: [boolean, string][] = [
    [
      ownValue(metadata.annotations, HINTS) !== undefined,
      `annotation ${HINTS} is deprecated, please use service.kubernetes.io/topology-mode instead`,
    ],
    [headless && !!spec.loadBalancerIP, 'spec.loadBalancerIP is ignored for headless services'],
    [headless && external, 'spec.externalIPs is ignored for headless services'],
    [headless && spec.sessionAffinity !== 'None', 'spec.SessionAffinity is ignored for headless services'],
    [external && !headless && !named, 'spec.externalIPs is deprecated and may no longer be implemented in some clusters'],
    [external && named, 'spec.externalIPs is ignored when spec.type is "ExternalName"'],
    [!named && !!spec.externalName, 'spec.externalName is ignored when spec.type is not "ExternalName"'],
    [spec.trafficDistribution === 'PreferClose', 'spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"'],
  ];
  const addresses: [list: string, values: string[]][] = [
    ['clusterIPs', headless || named ? [] : (spec.clusterIPs ?? [])],
    ['externalIPs', spec.externalIPs ?? []],
  ];
  return [
    ...found.filter(([applies]) => applies).map(([, text]) => text),
    ...addresses.flatMap(([list, values]) => values.flatMap((value, i) => ipWarnings(value, `spec.${list}[${i}]`))),
    ...(spec.loadBalancerIP ? ipWarnings(spec.loadBalancerIP, 'spec.loadBalancerIP') : []),
    ...((spec.loadBalancerSourceRanges ?? []) as string[]).flatMap((range, i) => cidrWarnings(range, `spec.loadBalancerSourceRanges[${i}]`)),
  ];
}
