import type { Part } from '../../fields.ts';
import { containersWithPath } from '../rules.ts';

interface Port {
  port: Part;
  path: string;
}

/** Ports that several containers, or one of them twice, lay claim to. */
export function portWarnings(spec: Part, path: string): string[] {
  const all: Port[] = [...containersWithPath(spec, path)].flatMap(([{ ports }, at]) =>
    ((ports ?? []) as Part[]).map((port, i) => ({ port, path: `${at}.ports[${i}]` })),
  );
  return [...definitionWarnings(all), ...nameWarnings(all)];
}

function definitionWarnings(all: Port[]): string[] {
  const warnings: string[] = [];
  for (const [i, { port, path }] of all.entries()) {
    if (port.hostIP && !port.hostPort) warnings.push(`${path}: hostIP set without hostPort: ${goPort(port)}`);
    for (const other of all.slice(0, i)) {
      if (other.port.containerPort !== port.containerPort || other.port.protocol !== port.protocol) continue;
      const how = clash(port, other.port);
      if (how) warnings.push(`${path}: ${how} port definition with ${other.path}`);
    }
  }
  return warnings;
}

/** On the host, an address that is not given may be any. */
function clash(a: Part, b: Part): 'duplicate' | 'overlapping' | 'dangerously ambiguous' | undefined {
  const [ipA, ipB, portA, portB] = [a.hostIP ?? '', b.hostIP ?? '', a.hostPort ?? 0, b.hostPort ?? 0];
  if (ipA === ipB && portA === portB) return 'duplicate';
  if (portA === 0 || portB === 0) return 'overlapping';
  return portA === portB && (ipA === '') !== (ipB === '') ? 'dangerously ambiguous' : undefined;
}

/** As Go prints it. */
const goPort = ({ name = '', hostPort = 0, containerPort, protocol, hostIP = '' }: Part): string =>
  `{Name:${name} HostPort:${hostPort} ContainerPort:${containerPort} Protocol:${protocol} HostIP:${hostIP}}`;

function nameWarnings(all: Port[]): string[] {
  const first = new Map<string, string>();
  return all.flatMap(({ port: { name }, path }) => {
    const other = name ? first.get(name) : undefined;
    if (name && other === undefined) first.set(name, path);
    if (other === undefined) return [];
    return [`${path}: duplicate port name ${JSON.stringify(name)} with ${other}, services and probes that select ports by name will use ${other}`];
  });
}
