import type { KubeObject } from '../../../core/object.ts';
import { type FieldError, forbiddenField, invalid, notSupported, required } from '../../../machinery/field.ts';
import { validateEndpointIp } from '../../rules/endpoint-ip.ts';
import { ownValue, type Part, validateDnsSubdomain } from '../../shared/fields.ts';
import { validateIp } from '../../shared/ip.ts';
import { validateLabels } from '../../shared/labels.ts';
import { validateClusterIps, validateClusterIpsChange, validateFamiliesChange } from './cluster-ips.ts';
import { isHeadless, needsHealthCheckPort } from './facts.ts';
import { validatePorts, validatePortsOfType } from './ports.ts';
import { validateClass, validateClassChange, validateSourceRanges, validateTraffic } from './traffic.ts';

// Models validateService in pkg/apis/core/validation/validation.go.
const TYPES = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];
const AFFINITIES = ['ClientIP', 'None'];
const TIMEOUT_SECONDS_MAX = 86_400;
const TOPOLOGY_MODE = 'service.kubernetes.io/topology-mode';
const TOPOLOGY_HINTS = 'service.kubernetes.io/topology-aware-hints';

function validateTopologyAnnotations({ metadata }: KubeObject): FieldError[] {
  const mode = ownValue(metadata.annotations, TOPOLOGY_MODE);
  const hints = ownValue(metadata.annotations, TOPOLOGY_HINTS);
  if (mode === undefined || hints === undefined || mode === hints) return [];
  return [invalid(`metadata.annotations[${TOPOLOGY_MODE}]`, mode, `must match annotations[${TOPOLOGY_HINTS}] when both are specified`)];
}

function validateExternalName(spec: Part): FieldError[] {
  const errors: FieldError[] = [];
  const forbid = (field: string): number => errors.push(forbiddenField(`spec.${field}`, 'may not be set for ExternalName services'));
  if (spec.clusterIPs?.length > 0) forbid('clusterIPs');
  if (spec.ipFamilies?.length > 0) forbid('ipFamilies');
  if (spec.ipFamilyPolicy !== undefined) forbid('ipFamilyPolicy');
  const name = (spec.externalName ?? '').replace(/\.$/, '');
  return [...errors, ...(name === '' ? [required('spec.externalName')] : validateDnsSubdomain(name, 'spec.externalName'))];
}

function validateShape(spec: Part): FieldError[] {
  const headless = isHeadless(spec);
  const errors = (spec.ports ?? []).length === 0 && !headless && spec.type !== 'ExternalName' ? [required('spec.ports')] : [];
  if (spec.type === 'ExternalName') return [...errors, ...validateExternalName(spec)];
  if (headless && (spec.type === 'LoadBalancer' || spec.type === 'NodePort')) {
    errors.push(invalid('spec.clusterIPs[0]', spec.clusterIPs[0], `may not be set to 'None' for ${spec.type} services`));
  }
  return errors;
}

function validateClientIp(config: Part, path: string): FieldError[] {
  const detail = 'when session affinity type is ClientIP';
  if (!config) return [required(path, detail)];
  if (!config.clientIP) return [required(`${path}.clientIP`, detail)];
  const timeout = config.clientIP.timeoutSeconds;
  const at = `${path}.clientIP.timeoutSeconds`;
  if (timeout === undefined) return [required(at, detail)];
  return timeout <= 0 || timeout > TIMEOUT_SECONDS_MAX ? [invalid(at, timeout, `must be greater than 0 and less than ${TIMEOUT_SECONDS_MAX}`)] : [];
}

function validateAffinity(spec: Part): FieldError[] {
  const affinity = spec.sessionAffinity;
  const path = 'spec.sessionAffinityConfig';
  if (!affinity) return [required('spec.sessionAffinity')];
  if (!AFFINITIES.includes(affinity)) return [notSupported('spec.sessionAffinity', affinity, AFFINITIES)];
  if (affinity === 'ClientIP') return validateClientIp(spec.sessionAffinityConfig, path);
  return spec.sessionAffinityConfig ? [forbiddenField(path, 'must not be set when session affinity is None')] : [];
}

const validateExternalIps = (spec: Part, old?: Part): FieldError[] =>
  (spec.externalIPs ?? []).flatMap((ip: string, i: number) => {
    const at = `spec.externalIPs[${i}]`;
    const errors = (old?.externalIPs ?? []).includes(ip) ? [] : validateIp(ip, at);
    return errors.length > 0 ? errors : validateEndpointIp(ip, at);
  });

function validateType(type: string | undefined): FieldError[] {
  if (!type) return [required('spec.type')];
  return TYPES.includes(type) ? [] : [notSupported('spec.type', type, TYPES)];
}

function validateAllocation(spec: Part): FieldError[] {
  const asked = spec.allocateLoadBalancerNodePorts;
  if (spec.type !== 'LoadBalancer') {
    return asked === undefined ? [] : [forbiddenField('spec.allocateLoadBalancerNodePorts', "may only be used when `type` is 'LoadBalancer'")];
  }
  return asked === undefined ? [required('allocateLoadBalancerNodePorts')] : [];
}

function validateService(service: KubeObject, old?: KubeObject): FieldError[] {
  const { spec } = service;
  return [
    ...validateTopologyAnnotations(service),
    ...validateShape(spec),
    ...validatePorts(spec),
    ...validateLabels(spec.selector, 'spec.selector'),
    ...validateAffinity(spec),
    ...validateClusterIps(spec, old?.spec),
    ...validateExternalIps(spec, old?.spec),
    ...validateType(spec.type),
    ...validatePortsOfType(spec),
    ...validateSourceRanges(service, old),
    ...validateAllocation(spec),
    ...validateClass(spec),
    ...validateTraffic(spec),
  ];
}

export const validate = (service: KubeObject): FieldError[] => validateService(service);

function validateHealthCheckChange(spec: Part, old: Part): FieldError[] {
  const fixed = needsHealthCheckPort(old) && needsHealthCheckPort(spec);
  return fixed && spec.healthCheckNodePort !== old.healthCheckNodePort ? [forbiddenField('spec.healthCheckNodePort', 'field is immutable')] : [];
}

export const validateUpdate = (service: KubeObject, old: KubeObject): FieldError[] => [
  ...validateClusterIpsChange(service.spec, old.spec),
  ...validateFamiliesChange(service.spec, old.spec),
  ...validateClassChange(service.spec, old.spec),
  ...validateHealthCheckChange(service.spec, old.spec),
  ...validateService(service, old),
];
