import type { KubeObject } from '../../../core/object.ts';
import { type FieldError, invalid, notSupported, required } from '../../../machinery/field.ts';
import { validateLoadBalancerIngress } from '../../rules/load-balancer.ts';
import { eachInvalid, ownValue, type Part, validateDnsSubdomain } from '../../shared/fields.ts';
import { parseIp } from '../../shared/ip.ts';
import { isDns1123Subdomain, isWildcardDns1123Subdomain } from '../../shared/names.ts';
import { validateBackend } from './backend.ts';

// Models ValidateIngress* in pkg/apis/networking/validation/validation.go.
const CLASS_ANNOTATION = 'kubernetes.io/ingress.class';
const PATH_TYPES = ['Exact', 'ImplementationSpecific', 'Prefix'];
const FORBIDDEN_SEQUENCES = ['//', '/./', '/../', '%2f', '%2F'];
const FORBIDDEN_ENDS = ['/..', '/.'];

const hostMessages = (host: string): string[] => (host.includes('*') ? isWildcardDns1123Subdomain(host) : isDns1123Subdomain(host));

function validateExactPath(path: string, at: string): FieldError[] {
  const errors = path.startsWith('/') ? [] : [invalid(at, path, 'must be an absolute path')];
  for (const sequence of FORBIDDEN_SEQUENCES) if (path.includes(sequence)) errors.push(invalid(at, path, `must not contain '${sequence}'`));
  for (const end of FORBIDDEN_ENDS) if (path.endsWith(end)) errors.push(invalid(at, path, `cannot end with '${end}'`));
  return errors;
}

function validatePathOfType(path: string, type: string, at: string): FieldError[] {
  if (type === 'Exact' || type === 'Prefix') return validateExactPath(path, `${at}.path`);
  if (type !== 'ImplementationSpecific') return [notSupported(`${at}.pathType`, type, PATH_TYPES)];
  return path === '' || path.startsWith('/') ? [] : [invalid(`${at}.path`, path, 'must be an absolute path')];
}

function validatePath(path: Part, at: string): FieldError[] {
  if (path.pathType === undefined) return [required(`${at}.pathType`, 'pathType must be specified')];
  return [...validatePathOfType(path.path ?? '', path.pathType, at), ...validateBackend(path.backend, `${at}.backend`)];
}

function validateRule(rule: Part, at: string): FieldError[] {
  const host = rule.host ?? '';
  const errors: FieldError[] = [];
  if (host !== '') {
    if (parseIp(host)) errors.push(invalid(`${at}.host`, host, 'must be a DNS name, not an IP address'));
    errors.push(...eachInvalid(`${at}.host`, host, hostMessages(host)));
  }
  if (!rule.http) return errors;
  const paths: Part[] = rule.http.paths ?? [];
  if (paths.length === 0) errors.push(required(`${at}.http.paths`));
  return [...errors, ...paths.flatMap((path, i) => validatePath(path, `${at}.http.paths[${i}]`))];
}

function validateTls(tls: Part, at: string): FieldError[] {
  const hosts: string[] = tls.hosts ?? [];
  const errors = hosts.flatMap((host, i) => eachInvalid(`${at}.hosts[${i}]`, host, hostMessages(host)));
  return tls.secretName ? [...errors, ...validateDnsSubdomain(tls.secretName, `${at}.secretName`)] : errors;
}

function validateSpec(spec: Part, at: string): FieldError[] {
  const rules: Part[] = spec.rules ?? [];
  const errors: FieldError[] = [];
  if (rules.length === 0 && !spec.defaultBackend) {
    errors.push(invalid(at, spec.rules, 'either `defaultBackend` or `rules` must be specified'));
  }
  if (spec.defaultBackend) errors.push(...validateBackend(spec.defaultBackend, `${at}.defaultBackend`));
  errors.push(...rules.flatMap((rule, i) => validateRule(rule, `${at}.rules[${i}]`)));
  errors.push(...(spec.tls ?? []).flatMap((tls: Part, i: number) => validateTls(tls, `${at}.tls[${i}]`)));
  if (spec.ingressClassName !== undefined) errors.push(...validateDnsSubdomain(spec.ingressClassName, `${at}.ingressClassName`));
  return errors;
}

export function validate({ metadata, spec }: KubeObject): FieldError[] {
  const errors = validateSpec(spec, 'spec');
  const annotation = ownValue(metadata.annotations, CLASS_ANNOTATION);
  if (annotation !== undefined && spec.ingressClassName !== undefined && annotation !== spec.ingressClassName) {
    errors.push(invalid(`annotations.${CLASS_ANNOTATION}`, annotation, 'must match `ingressClassName` when both are specified'));
  }
  return errors;
}

export const validateUpdate = ({ spec }: KubeObject): FieldError[] => validateSpec(spec, 'spec');

export const validateStatusUpdate = ({ status }: KubeObject): FieldError[] =>
  validateLoadBalancerIngress(status?.loadBalancer?.ingress ?? [], 'status.loadBalancer.ingress', { ipModes: false });
