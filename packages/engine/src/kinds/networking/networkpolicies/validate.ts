import type { KubeObject } from '../../../core/object.ts';
import { type FieldError, forbiddenField, invalid, notSupported, required } from '../../../machinery/field.ts';
import { eachInvalid, type Part } from '../../shared/fields.ts';
import { isPortName, isPortNumber } from '../../shared/formats.ts';
import { type Cidr, parseCidr, validateCidr } from '../../shared/ip.ts';
import { validateLabelSelector } from '../../shared/labels.ts';

// Models pkg/apis/networking/validation/validation.go.
const PROTOCOLS = ['TCP', 'UDP', 'SCTP'];
const POLICY_TYPES = ['Ingress', 'Egress'];

function validateEndPort(port: Part, at: string): FieldError[] {
  const end = port.endPort;
  if (end === undefined) return [];
  if (port.port === undefined) return [invalid(at, end, 'may not be specified when `port` is not specified')];
  if (typeof port.port === 'string') return [invalid(at, end, 'may not be specified when `port` is non-numeric')];
  const errors = end < port.port ? [invalid(at, port.port, 'must be greater than or equal to `port`')] : [];
  return [...errors, ...eachInvalid(at, end, isPortNumber(end))];
}

function validatePort(port: Part, at: string): FieldError[] {
  const errors: FieldError[] = [];
  if (port.protocol !== undefined && !PROTOCOLS.includes(port.protocol)) errors.push(notSupported(`${at}.protocol`, port.protocol, PROTOCOLS));
  const value = port.port;
  const named = typeof value === 'string';
  const ends = validateEndPort(port, `${at}.endPort`);
  if (named) return [...errors, ...ends, ...eachInvalid(`${at}.port`, value, isPortName(value))];
  return [...errors, ...(value === undefined ? [] : eachInvalid(`${at}.port`, value, isPortNumber(value))), ...ends];
}

const bitOf = ({ family, parts }: Cidr, bit: number): number => {
  const width = family === 4 ? 8 : 16;
  return ((parts[Math.floor(bit / width)] as number) >> (width - 1 - (bit % width))) & 1;
};

function isStrictSubset(inner: Cidr, outer: Cidr): boolean {
  if (inner.family !== outer.family || inner.prefixBits <= outer.prefixBits) return false;
  for (let bit = 0; bit < outer.prefixBits; bit++) if (bitOf(inner, bit) !== bitOf(outer, bit)) return false;
  return true;
}

/** The first bad range ends the list, as upstream has it. */
function validateIpBlock(block: Part, at: string, existing: ReadonlySet<string>): FieldError[] {
  const cidr = block.cidr ?? '';
  if (cidr === '') return [required(`${at}.cidr`)];
  const outer = parseCidr(cidr);
  const errors = existing.has(cidr) ? [] : validateCidr(cidr, `${at}.cidr`);
  if (!outer) return errors;
  for (const [i, except] of (block.except ?? []).entries()) {
    const inner = parseCidr(except);
    if (!existing.has(except)) errors.push(...validateCidr(except, `${at}.except[${i}]`));
    if (!inner) return errors;
    if (!isStrictSubset(inner, outer)) errors.push(invalid(`${at}.except[${i}]`, except, 'must be a strict subset of `cidr`'));
  }
  return errors;
}

function validatePeer(peer: Part, at: string, existing: ReadonlySet<string>): FieldError[] {
  const { podSelector, namespaceSelector, ipBlock } = peer;
  const errors: FieldError[] = [];
  if (podSelector) errors.push(...validateLabelSelector(podSelector, `${at}.podSelector`));
  if (namespaceSelector) errors.push(...validateLabelSelector(namespaceSelector, `${at}.namespaceSelector`));
  if (ipBlock) errors.push(...validateIpBlock(ipBlock, `${at}.ipBlock`, existing));
  if (!podSelector && !namespaceSelector && !ipBlock) errors.push(required(at, 'must specify a peer'));
  else if (ipBlock && (podSelector || namespaceSelector)) errors.push(forbiddenField(at, 'may not specify both ipBlock and another peer'));
  return errors;
}

const validateRules = (rules: Part[], peers: 'from' | 'to', at: string, existing: ReadonlySet<string>): FieldError[] =>
  rules.flatMap((rule, i) => [
    ...(rule.ports ?? []).flatMap((port: Part, j: number) => validatePort(port, `${at}[${i}].ports[${j}]`)),
    ...(rule[peers] ?? []).flatMap((peer: Part, j: number) => validatePeer(peer, `${at}[${i}].${peers}[${j}]`, existing)),
  ]);

function validateTypes(types: string[], at: string): FieldError[] {
  if (types.length > POLICY_TYPES.length) return [invalid(at, types, 'may not specify more than two policyTypes')];
  return types.flatMap((type, i) => (POLICY_TYPES.includes(type) ? [] : [notSupported(`${at}[${i}]`, type, POLICY_TYPES)]));
}

/** Ranges that are in the object already stay valid. */
const rangesOf = ({ spec }: KubeObject): string[] =>
  [...(spec.ingress ?? []).map((rule: Part) => rule.from), ...(spec.egress ?? []).map((rule: Part) => rule.to)]
    .flatMap((peers: Part[] | undefined) => peers ?? [])
    .flatMap(({ ipBlock }) => (ipBlock ? [ipBlock.cidr, ...(ipBlock.except ?? [])] : []));

const validateSpec = ({ spec }: KubeObject, existing: ReadonlySet<string>): FieldError[] => [
  ...validateLabelSelector(spec.podSelector, 'spec.podSelector'),
  ...validateRules(spec.ingress ?? [], 'from', 'spec.ingress', existing),
  ...validateRules(spec.egress ?? [], 'to', 'spec.egress', existing),
  ...validateTypes(spec.policyTypes ?? [], 'spec.policyTypes'),
];

export const validate = (policy: KubeObject): FieldError[] => validateSpec(policy, new Set());

export const validateUpdate = (policy: KubeObject, old: KubeObject): FieldError[] => validateSpec(policy, new Set(rangesOf(old)));
