import { chanceBetween } from '../../../core/chance.ts';
import type { KubeObject } from '../../../core/object.ts';
import { type FieldError, invalid } from '../../../machinery/field.ts';
import type { KindContext } from '../../../machinery/kind.ts';
import type { Part } from '../../shared/fields.ts';
import { isHeadless, needsClusterIp, needsHealthCheckPort, needsNodePorts } from './facts.ts';
import { addressAt, holds, type Range, rangesOf, SERVICE_CIDR, staticOffset } from './ranges.ts';

export const NODE_PORT_MIN = 30_000;
export const NODE_PORT_MAX = 32_767;
const STATIC_NODE_PORTS = 86;
/** Draws before a scan from the beginning: a range that full is not worth guessing in. */
const DRAWS = 16;

const isSame = (a: KubeObject, b: KubeObject): boolean => a.metadata.namespace === b.metadata.namespace && a.metadata.name === b.metadata.name;

/** Node ports a service holds, the health check's among them. */
export const allocatedNodePorts = ({ spec }: KubeObject): string[] =>
  [...(spec?.ports ?? []).map((port: Part) => port.nodePort), spec?.healthCheckNodePort].filter(Boolean).map(String);

class Pool {
  private readonly service: KubeObject;
  private readonly context: KindContext;
  private readonly taken = new Set<string>();

  constructor(service: KubeObject, context: KindContext) {
    this.service = service;
    this.context = context;
  }

  isTaken(index: 'clusterIP' | 'nodePort', value: string): boolean {
    if (this.taken.has(`${index}/${value}`)) return true;
    return this.context.view.indexed('core/services', index, value).some((other) => !isSame(other, this.service));
  }

  take(index: 'clusterIP' | 'nodePort', value: string): void {
    this.taken.add(`${index}/${value}`);
  }

  /** A free number of a range: drawn by chance, or the first that a scan finds. */
  draw(index: 'clusterIP' | 'nodePort', low: number, high: number, purpose: string, show: (value: number) => string): string | undefined {
    const { metadata } = this.service;
    for (let occurrence = 0; occurrence < DRAWS; occurrence++) {
      const value = show(chanceBetween(low, high, this.context.seed, metadata.uid ?? `${metadata.namespace}/${metadata.name}`, purpose, occurrence));
      if (!this.isTaken(index, value)) return value;
    }
    for (let number = low; number <= high; number++) if (!this.isTaken(index, show(number))) return show(number);
    return undefined;
  }
}

function drawAddress(ranges: readonly Range[], pool: Pool): string | undefined {
  for (const range of ranges) {
    const draw = (low: number, high: number) => pool.draw('clusterIP', low, high, 'cluster ip', (offset) => addressAt(range, offset));
    const drawn = draw(staticOffset(range), range.size - 2) ?? draw(1, staticOffset(range));
    if (drawn !== undefined) return drawn;
  }
  return undefined;
}

function allocateAddress(spec: Part, pool: Pool, ranges: readonly Range[]): FieldError[] {
  if (!needsClusterIp(spec) || isHeadless(spec)) return [];
  const asked: string | undefined = spec.clusterIPs?.[0];
  if (asked === undefined) {
    const drawn = drawAddress(ranges, pool);
    if (drawn === undefined) return [invalid('spec.clusterIPs', [], 'failed to allocate a serviceIP: range is full')];
    spec.clusterIP = drawn;
    spec.clusterIPs = [drawn];
    return [];
  }
  const failed = (why: string): FieldError[] => [invalid('spec.clusterIPs', spec.clusterIPs, `failed to allocate IP ${asked}: ${why}`)];
  if (!ranges.some((range) => holds(range, asked)))
    return failed(`the provided IP (${asked}) is not in the valid range. The range of valid IPs is ${SERVICE_CIDR}`);
  return pool.isTaken('clusterIP', asked) ? failed('provided IP is already allocated') : [];
}

const drawNodePort = (pool: Pool, purpose: string): number | undefined => {
  const drawn =
    pool.draw('nodePort', NODE_PORT_MIN + STATIC_NODE_PORTS, NODE_PORT_MAX, purpose, String) ??
    pool.draw('nodePort', NODE_PORT_MIN, NODE_PORT_MIN + STATIC_NODE_PORTS - 1, purpose, String);
  return drawn === undefined ? undefined : Number(drawn);
};

const RANGE_TEXT = `provided port is not in the valid range. The range of valid ports is ${NODE_PORT_MIN}-${NODE_PORT_MAX}`;

function claimNodePort(value: number, pool: Pool, path: string): FieldError[] {
  if (value < NODE_PORT_MIN || value > NODE_PORT_MAX) return [invalid(path, value, RANGE_TEXT)];
  if (pool.isTaken('nodePort', String(value))) return [invalid(path, value, 'provided port is already allocated')];
  return [];
}

/** One number may serve several protocols of one port. Models txnAllocNodePorts. */
function allocateNodePorts(spec: Part, pool: Pool): FieldError[] {
  const errors: FieldError[] = [];
  const ports: Part[] = spec.ports ?? [];
  const claimed = new Set<number>();
  for (const [i, port] of ports.entries()) {
    if (!port.nodePort) continue;
    if (!claimed.has(port.nodePort)) errors.push(...claimNodePort(port.nodePort, pool, `spec.ports[${i}].nodePort`));
    claimed.add(port.nodePort);
  }
  for (const port of claimed) pool.take('nodePort', String(port));
  for (const [i, port] of ports.entries()) {
    if (port.nodePort) continue;
    const twin = ports.find((other) => other !== port && other.port === port.port && other.nodePort);
    const drawn = twin?.nodePort ?? drawNodePort(pool, `node port ${i}`);
    if (drawn === undefined) errors.push(invalid(`spec.ports[${i}].nodePort`, 0, 'failed to allocate a nodePort: range is full'));
    else port.nodePort = drawn;
    pool.take('nodePort', String(drawn));
  }
  return errors;
}

function allocateHealthCheckPort(spec: Part, pool: Pool): FieldError[] {
  if (!needsHealthCheckPort(spec)) return [];
  if (spec.healthCheckNodePort) return claimNodePort(spec.healthCheckNodePort, pool, 'spec.healthCheckNodePort');
  spec.healthCheckNodePort = drawNodePort(pool, 'health check node port') ?? 0;
  return [];
}

/** Fills in what the cluster chooses, and says what was asked for in vain. Models pkg/registry/core/service/storage/alloc.go. */
export function allocate(service: KubeObject, context: KindContext): FieldError[] {
  const pool = new Pool(service, context);
  const addressErrors = allocateAddress(service.spec, pool, rangesOf(context.view));
  if (addressErrors.length > 0) return addressErrors;
  const portErrors = needsNodePorts(service.spec) ? allocateNodePorts(service.spec, pool) : [];
  return portErrors.length > 0 ? portErrors : allocateHealthCheckPort(service.spec, pool);
}
