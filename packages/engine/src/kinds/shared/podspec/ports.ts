import { duplicate, type FieldError, invalid, notSupported, required } from '../../../machinery/field.ts';
import { eachInvalid, type Part } from '../fields.ts';
import { isPortName, isPortNumber } from '../formats.ts';

const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];

/** Models validateContainerPorts. */
export function validateContainerPorts(ports: Part[] | undefined, path: string): FieldError[] {
  const names = new Set<string>();
  return (ports ?? []).flatMap((port, i) => [
    ...validatePortName(port.name, names, `${path}[${i}].name`),
    ...(port.containerPort
      ? eachInvalid(`${path}[${i}].containerPort`, port.containerPort, isPortNumber(port.containerPort))
      : [required(`${path}[${i}].containerPort`)]),
    ...(port.hostPort ? eachInvalid(`${path}[${i}].hostPort`, port.hostPort, isPortNumber(port.hostPort)) : []),
    ...validateProtocol(port.protocol, `${path}[${i}].protocol`),
  ]);
}

function validatePortName(name: string | undefined, seen: Set<string>, path: string): FieldError[] {
  if (!name) return [];
  const messages = isPortName(name);
  if (messages.length > 0) return eachInvalid(path, name, messages);
  if (seen.has(name)) return [duplicate(path, name)];
  seen.add(name);
  return [];
}

function validateProtocol(protocol: string | undefined, path: string): FieldError[] {
  if (!protocol) return [required(path)];
  return PROTOCOLS.includes(protocol) ? [] : [notSupported(path, protocol, PROTOCOLS)];
}

/** A number or the name of a port. */
export const validatePortNumberOrName = (port: number | string | undefined, path: string): FieldError[] =>
  typeof port === 'string' ? eachInvalid(path, port, isPortName(port)) : eachInvalid(path, port ?? 0, isPortNumber(port ?? 0));

/** Two containers that run at once cannot take the same port of the host. */
export function validateHostPortConflicts(containers: Part[], path: string): FieldError[] {
  const taken = new Set<string>();
  return containers.flatMap((container, c) =>
    ((container.ports ?? []) as Part[]).flatMap((port, p) => {
      if (!port.hostPort) return [];
      const claim = `${port.protocol}/${port.hostIP ?? ''}/${port.hostPort}`;
      if (taken.has(claim)) return [duplicate(`${path}[${c}].ports[${p}].hostPort`, claim)];
      taken.add(claim);
      return [];
    }),
  );
}

/** On the host's network a port is the host's; a template may leave it open until a pod is made. */
export function validateHostNetworkPorts(spec: Part, path: string, isPod: boolean): FieldError[] {
  if (!spec.hostNetwork) return [];
  return ((spec.containers ?? []) as Part[]).flatMap((container, c) =>
    ((container.ports ?? []) as Part[]).flatMap((port, p) => {
      const hostPort = port.hostPort ?? 0;
      if ((!isPod && hostPort === 0) || hostPort === (port.containerPort ?? 0)) return [];
      return [invalid(`${path}.containers[${c}].ports[${p}].hostPort`, hostPort, 'must match `containerPort` when `hostNetwork` is true')];
    }),
  );
}
