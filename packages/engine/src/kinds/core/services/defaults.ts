import type { KubeObject } from '../../../core/object.ts';
import type { Part } from '../../shared/fields.ts';
import { isExternallyAccessible, needsClusterIp } from './facts.ts';

const CLIENT_IP_TIMEOUT_SECONDS = 10_800;

function defaultAffinity(spec: Part): void {
  spec.sessionAffinity ||= 'None';
  if (spec.sessionAffinity === 'None') delete spec.sessionAffinityConfig;
  if (spec.sessionAffinity !== 'ClientIP') return;
  spec.sessionAffinityConfig ??= {};
  spec.sessionAffinityConfig.clientIP ??= {};
  spec.sessionAffinityConfig.clientIP.timeoutSeconds ??= CLIENT_IP_TIMEOUT_SECONDS;
}

function defaultPort(port: Part): void {
  port.protocol ||= 'TCP';
  if (port.targetPort === undefined || port.targetPort === 0 || port.targetPort === '') port.targetPort = port.port ?? 0;
}

// Models SetDefaults_Service in pkg/apis/core/v1/defaults.go.
export function defaults(service: KubeObject): void {
  service.spec ??= {};
  const { spec } = service;
  defaultAffinity(spec);
  spec.type ||= 'ClusterIP';
  for (const port of spec.ports ?? []) defaultPort(port);
  if (isExternallyAccessible(spec)) spec.externalTrafficPolicy ||= 'Cluster';
  if (needsClusterIp(spec)) spec.internalTrafficPolicy ??= 'Cluster';
  if (spec.type === 'LoadBalancer') spec.allocateLoadBalancerNodePorts ??= true;
  for (const ingress of service.status?.loadBalancer?.ingress ?? []) if (ingress.ip) ingress.ipMode ??= 'VIP';
}
