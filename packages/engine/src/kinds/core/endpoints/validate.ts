import type { KubeObject } from '../../../core/object.ts';
import { type FieldError, notSupported, required } from '../../../machinery/field.ts';
import { validateEndpointIp } from '../../rules/endpoint-ip.ts';
import { semanticEqual } from '../../shared/equal.ts';
import { eachInvalid, type Part, validateDnsLabel, validateDnsSubdomain, validateQualifiedName } from '../../shared/fields.ts';
import { isPortNumber } from '../../shared/formats.ts';
import { validateIp } from '../../shared/ip.ts';

// Models ValidateEndpoints in pkg/apis/core/validation/validation.go.
const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];

function validateAddress(address: Part, path: string): FieldError[] {
  const ip = address.ip ?? '';
  return [
    ...validateIp(ip, `${path}.ip`),
    ...(address.hostname ? validateDnsLabel(address.hostname, `${path}.hostname`) : []),
    ...(address.nodeName === undefined ? [] : validateDnsSubdomain(address.nodeName, `${path}.nodeName`)),
    ...validateEndpointIp(ip, `${path}.ip`),
  ];
}

function validateName(name: string | undefined, isRequired: boolean, path: string): FieldError[] {
  if (!name) return isRequired ? [required(path)] : [];
  return validateDnsLabel(name, path);
}

function validatePort(port: Part, needsName: boolean, path: string): FieldError[] {
  const errors = [
    ...validateName(port.name, needsName, `${path}.name`),
    ...eachInvalid(`${path}.port`, port.port ?? 0, isPortNumber(port.port ?? 0)),
  ];
  if (!port.protocol) errors.push(required(`${path}.protocol`));
  else if (!PROTOCOLS.includes(port.protocol)) errors.push(notSupported(`${path}.protocol`, port.protocol, PROTOCOLS));
  return port.appProtocol === undefined ? errors : [...errors, ...validateQualifiedName(port.appProtocol, `${path}.appProtocol`)];
}

function validateSubset(subset: Part, path: string): FieldError[] {
  const { addresses = [], notReadyAddresses = [], ports = [] } = subset;
  const errors = addresses.length + notReadyAddresses.length === 0 ? [required(path, 'must specify `addresses` or `notReadyAddresses`')] : [];
  return [
    ...errors,
    ...addresses.flatMap((address: Part, i: number) => validateAddress(address, `${path}.addresses[${i}]`)),
    ...notReadyAddresses.flatMap((address: Part, i: number) => validateAddress(address, `${path}.notReadyAddresses[${i}]`)),
    ...ports.flatMap((port: Part, i: number) => validatePort(port, ports.length > 1, `${path}.ports[${i}]`)),
  ];
}

export const validate = (endpoints: KubeObject): FieldError[] =>
  (endpoints.subsets ?? []).flatMap((subset: Part, i: number) => validateSubset(subset, `subsets[${i}]`));

export const validateUpdate = (endpoints: KubeObject, old: KubeObject): FieldError[] =>
  semanticEqual(endpoints.subsets, old.subsets) ? [] : validate(endpoints);
