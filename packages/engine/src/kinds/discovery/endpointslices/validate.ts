import type { KubeObject } from '../../../core/object.ts';
import { duplicate, type FieldError, invalid, notSupported, required, tooMany } from '../../../machinery/field.ts';
import { validateEndpointIp } from '../../rules/endpoint-ip.ts';
import { validateImmutable } from '../../shared/equal.ts';
import { eachInvalid, type Part, validateDnsLabel, validateDnsSubdomain, validateQualifiedName } from '../../shared/fields.ts';
import { ipFamily, validateIp } from '../../shared/ip.ts';
import { validateLabels } from '../../shared/labels.ts';
import { isDns1123Subdomain, isLabelValue } from '../../shared/names.ts';

// Models pkg/apis/discovery/validation/validation.go.
const TYPES = ['FQDN', 'IPv4', 'IPv6'];
const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];
const ADDRESSES_MAX = 100;
const PORTS_MAX = 20_000;
const ENDPOINTS_MAX = 1000;
const TOPOLOGY_MAX = 16;
const HINTS_MAX = 8;

function validateFqdn(name: string, path: string): FieldError[] {
  if (name === '') return [required(path)];
  const errors = validateDnsSubdomain(name.replace(/\.$/, ''), path);
  if (errors.length > 0) return errors;
  return name.split('.').length < 2 ? [invalid(path, name, 'should be a domain with at least two segments separated by dots')] : [];
}

function validateAddress(address: string, type: string, path: string): FieldError[] {
  if (type === 'FQDN') return validateFqdn(address, path);
  if (type !== 'IPv4' && type !== 'IPv6') return [];
  const ofType = `IPv${ipFamily(address)}` === type;
  const errors = ofType ? validateIp(address, path) : [invalid(path, address, `must be a valid ${type} address`)];
  return [...errors, ...validateEndpointIp(address, path)];
}

function validateAddresses(addresses: string[], type: string, path: string): FieldError[] {
  const errors: FieldError[] = [];
  if (addresses.length === 0) errors.push(required(path, 'must contain at least 1 address'));
  else if (addresses.length > ADDRESSES_MAX) errors.push(tooMany(path, addresses.length, ADDRESSES_MAX));
  return [...errors, ...addresses.flatMap((address, i) => validateAddress(address, type, `${path}[${i}]`))];
}

function validateHintedNames(hints: Part[], isName: (name: string) => string[], path: string): FieldError[] {
  if (hints.length > HINTS_MAX) return [tooMany(path, hints.length, HINTS_MAX)];
  const seen = new Set<string>();
  return hints.flatMap(({ name = '' }, i) => {
    const at = `${path}[${i}].name`;
    const repeated = seen.has(name);
    seen.add(name);
    return [...(repeated ? [duplicate(at, name)] : []), ...eachInvalid(at, name, isName(name))];
  });
}

const validateHints = ({ forZones = [], forNodes = [] }: Part, path: string): FieldError[] => [
  ...validateHintedNames(forZones, isLabelValue, `${path}.forZones`),
  ...validateHintedNames(forNodes, isDns1123Subdomain, `${path}.forNodes`),
];

function validateEndpoint(endpoint: Part, type: string, path: string): FieldError[] {
  const errors = validateAddresses(endpoint.addresses ?? [], type, `${path}.addresses`);
  if (endpoint.nodeName !== undefined) errors.push(...validateDnsSubdomain(endpoint.nodeName, `${path}.nodeName`));
  const topologySize = Object.keys(endpoint.deprecatedTopology ?? {}).length;
  if (topologySize > TOPOLOGY_MAX) errors.push(tooMany(`${path}.deprecatedTopology`, topologySize, TOPOLOGY_MAX));
  errors.push(...validateLabels(endpoint.deprecatedTopology, `${path}.deprecatedTopology`));
  if (endpoint.hostname !== undefined) errors.push(...validateDnsLabel(endpoint.hostname, `${path}.hostname`));
  return endpoint.hints ? [...errors, ...validateHints(endpoint.hints, `${path}.hints`)] : errors;
}

function validateEndpoints(endpoints: Part[], type: string): FieldError[] {
  if (endpoints.length > ENDPOINTS_MAX) return [tooMany('endpoints', endpoints.length, ENDPOINTS_MAX)];
  return endpoints.flatMap((endpoint, i) => validateEndpoint(endpoint, type, `endpoints[${i}]`));
}

function validatePorts(ports: Part[]): FieldError[] {
  if (ports.length > PORTS_MAX) return [tooMany('ports', ports.length, PORTS_MAX)];
  const seen = new Set<string>();
  return ports.flatMap((port, i) => {
    const path = `ports[${i}]`;
    const errors = port.name ? validateDnsLabel(port.name, `${path}.name`) : [];
    if (seen.has(port.name)) errors.push(duplicate(`${path}.name`, port.name));
    seen.add(port.name);
    if (!PROTOCOLS.includes(port.protocol)) errors.push(notSupported(`${path}.protocol`, port.protocol, PROTOCOLS));
    return port.appProtocol === undefined ? errors : [...errors, ...validateQualifiedName(port.appProtocol, `${path}.appProtocol`)];
  });
}

function validateAddressType(type: string): FieldError[] {
  if (type === '') return [required('addressType')];
  return TYPES.includes(type) ? [] : [notSupported('addressType', type, TYPES)];
}

export function validate(slice: KubeObject): FieldError[] {
  const type: string = slice.addressType ?? '';
  return [...validateAddressType(type), ...validateEndpoints(slice.endpoints ?? [], type), ...validatePorts(slice.ports ?? [])];
}

export const validateUpdate = (slice: KubeObject, old: KubeObject): FieldError[] => [
  ...validate(slice),
  ...validateImmutable(slice.addressType, old.addressType, 'addressType'),
];
