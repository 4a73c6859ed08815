import type { KubeObject } from '../../../core/object.ts';
import { type FieldError, forbiddenField, invalid, notSupported, required } from '../../../machinery/field.ts';
import { eachInvalid, ownValue, type Part, validateQualifiedName } from '../../shared/fields.ts';
import { isPortNumber } from '../../shared/formats.ts';
import { validateCidr } from '../../shared/ip.ts';
import { isExternallyAccessible, needsClusterIp, needsHealthCheckPort } from './facts.ts';

const ONLY_LOAD_BALANCERS = "may only be used when `type` is 'LoadBalancer'";
const SOURCE_RANGES = 'service.beta.kubernetes.io/load-balancer-source-ranges';
const POLICIES = ['Cluster', 'Local'];
const DISTRIBUTIONS = ['PreferClose', 'PreferSameZone', 'PreferSameNode'];

/** The field, or the annotation it grew out of; values written before are let through. */
export function validateSourceRanges({ spec, metadata }: KubeObject, old?: KubeObject): FieldError[] {
  const ranges: string[] = spec.loadBalancerSourceRanges ?? [];
  const annotation = ownValue(metadata.annotations, SOURCE_RANGES);
  const path = ranges.length > 0 ? 'spec.LoadBalancerSourceRanges' : `metadata.annotations[${SOURCE_RANGES}]`;
  if (ranges.length === 0 && annotation === undefined) return [];
  const errors = spec.type === 'LoadBalancer' ? [] : [forbiddenField(path, ONLY_LOAD_BALANCERS)];
  if (ranges.length > 0) {
    const known: string[] = (old?.spec.loadBalancerSourceRanges ?? []).map((range: string) => range.trim());
    for (const [i, range] of ranges.entries()) if (!known.includes(range.trim())) errors.push(...validateCidr(range.trim(), `${path}[${i}]`));
    return errors;
  }
  const text = annotation?.trim() ?? '';
  if (text === '' || ownValue(old?.metadata.annotations, SOURCE_RANGES) === annotation) return errors;
  return [...errors, ...text.split(',').flatMap((range) => validateCidr(range.trim(), path))];
}

/** Models validateLoadBalancerClassField. */
export function validateClass(spec: Part): FieldError[] {
  const path = 'spec.loadBalancerClass';
  if (spec.loadBalancerClass === undefined) return [];
  return spec.type === 'LoadBalancer' ? validateQualifiedName(spec.loadBalancerClass, path) : [forbiddenField(path, ONLY_LOAD_BALANCERS)];
}

export function validateClassChange(spec: Part, old: Part): FieldError[] {
  const kept = old.type === 'LoadBalancer' && spec.type === 'LoadBalancer';
  if (!kept || spec.loadBalancerClass === old.loadBalancerClass) return validateClass(spec);
  return [invalid('spec.loadBalancerClass', spec.loadBalancerClass ?? null, 'may not change once set'), ...validateClass(spec)];
}

function validateExternalPolicy(spec: Part): FieldError[] {
  const policy = spec.externalTrafficPolicy ?? '';
  const path = 'spec.externalTrafficPolicy';
  if (!isExternallyAccessible(spec)) {
    return policy === '' ? [] : [invalid(path, policy, 'may only be set for externally-accessible services')];
  }
  if (policy === '') return [required(path)];
  return POLICIES.includes(policy) ? [] : [notSupported(path, policy, POLICIES)];
}

function validateHealthCheckPort(spec: Part): FieldError[] {
  const port = spec.healthCheckNodePort ?? 0;
  const path = 'spec.healthCheckNodePort';
  if (needsHealthCheckPort(spec)) return port === 0 ? [required(path)] : eachInvalid(path, port, isPortNumber(port));
  return port === 0 ? [] : [invalid(path, port, "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'")];
}

function validateInternalPolicy(spec: Part): FieldError[] {
  const policy = spec.internalTrafficPolicy;
  const path = 'spec.internalTrafficPolicy';
  if (policy === undefined) return needsClusterIp(spec) ? [required(path)] : [];
  return POLICIES.includes(policy) ? [] : [notSupported(path, policy, POLICIES)];
}

function validateDistribution(distribution: string | undefined): FieldError[] {
  if (distribution === undefined || DISTRIBUTIONS.includes(distribution)) return [];
  return [notSupported('spec.trafficDistribution', distribution, DISTRIBUTIONS)];
}

export const validateTraffic = (spec: Part): FieldError[] => [
  ...validateExternalPolicy(spec),
  ...validateHealthCheckPort(spec),
  ...validateInternalPolicy(spec),
  ...validateDistribution(spec.trafficDistribution),
];
