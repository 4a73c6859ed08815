import type { Part } from '../../shared/fields.ts';

// Models the small predicates of pkg/api/service/util.go and pkg/registry/core/service.
export const HEADLESS = 'None';

/** `None` is the only address of a headless service. */
export const isHeadless = (spec: Part): boolean => spec?.clusterIPs?.length === 1 && spec.clusterIPs[0] === HEADLESS;

export const needsClusterIp = (spec: Part): boolean => ['ClusterIP', 'NodePort', 'LoadBalancer'].includes(spec?.type);

export const needsNodePorts = (spec: Part): boolean =>
  spec?.type === 'NodePort' || (spec?.type === 'LoadBalancer' && spec.allocateLoadBalancerNodePorts !== false);

export const isExternallyAccessible = (spec: Part): boolean =>
  spec?.type === 'LoadBalancer' || spec?.type === 'NodePort' || (spec?.type === 'ClusterIP' && (spec.externalIPs?.length ?? 0) > 0);

export const needsHealthCheckPort = (spec: Part): boolean => spec?.type === 'LoadBalancer' && spec.externalTrafficPolicy === 'Local';
