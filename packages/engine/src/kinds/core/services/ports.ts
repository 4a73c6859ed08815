import { duplicate, type FieldError, forbiddenField, notSupported, required } from '../../../machinery/field.ts';
import { eachInvalid, type Part, validateDnsLabel, validateQualifiedName } from '../../shared/fields.ts';
import { isPortName, isPortNumber } from '../../shared/formats.ts';
import { goStruct } from '../../shared/go/show.ts';

const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];

function validateName(name: string, isRequired: boolean, seen: Set<string>, path: string): FieldError[] {
  if (name === '') return isRequired ? [required(path)] : [];
  const errors = validateDnsLabel(name, path);
  if (seen.has(name)) errors.push(duplicate(path, name));
  seen.add(name);
  return errors;
}

function validateProtocol(protocol: string | undefined, path: string): FieldError[] {
  if (!protocol) return [required(path)];
  return PROTOCOLS.includes(protocol) ? [] : [notSupported(path, protocol, PROTOCOLS)];
}

/** Models ValidatePortNumOrName. */
function validateTarget(target: number | string, path: string): FieldError[] {
  if (target === '') return [required(path)];
  return eachInvalid(path, target, typeof target === 'number' ? isPortNumber(target) : isPortName(target));
}

/** Models validateServicePort in pkg/apis/core/validation/validation.go. */
export function validatePorts(spec: Part): FieldError[] {
  const ports: Part[] = spec.ports ?? [];
  const seen = new Set<string>();
  return ports.flatMap((port, i) => {
    const path = `spec.ports[${i}]`;
    return [
      ...validateName(port.name ?? '', ports.length > 1, seen, `${path}.name`),
      ...eachInvalid(`${path}.port`, port.port ?? 0, isPortNumber(port.port ?? 0)),
      ...validateProtocol(port.protocol, `${path}.protocol`),
      ...validateTarget(port.targetPort ?? 0, `${path}.targetPort`),
      ...(port.appProtocol === undefined ? [] : validateQualifiedName(port.appProtocol, `${path}.appProtocol`)),
    ];
  });
}

/** Ports against the type of the service and against each other. */
export function validatePortsOfType(spec: Part): FieldError[] {
  const ports: Part[] = spec.ports ?? [];
  const errors: FieldError[] = [];
  if (spec.type === 'ClusterIP') {
    for (const [i, port] of ports.entries()) {
      if (port.nodePort) errors.push(forbiddenField(`spec.ports[${i}].nodePort`, "may not be used when `type` is 'ClusterIP'"));
    }
  }
  const seen = new Set<string>();
  const repeated = (key: string): boolean => seen.size === seen.add(key).size;
  for (const [i, port] of ports.entries()) {
    if (port.nodePort && repeated(`node/${port.protocol}/${port.nodePort}`)) errors.push(duplicate(`spec.ports[${i}].nodePort`, port.nodePort));
  }
  for (const [i, port] of ports.entries()) {
    if (!repeated(`port/${port.protocol}/${port.port}`)) continue;
    errors.push(duplicate(`spec.ports[${i}]`, goStruct('ServicePort', { protocol: port.protocol, port: port.port })));
  }
  return errors;
}
