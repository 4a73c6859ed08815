import type { Container, Probe } from '@vivakube/schema/types/core.v1';
import type { Program } from '../kinds/shared/program.ts';
import type { ContainerState } from './state.ts';
import { type PodSync, specOf } from './sync.ts';

export interface ProbeResult {
  ok: boolean;
  output: string;
  /** Why it could not be asked at all: such a probe tells nothing. */
  error?: string;
}

interface Target {
  sync: PodSync;
  container: ContainerState;
  atMs: number;
}

/** One answer to one probe, in the words of pkg/probe. */
export function probeOnce(probe: Probe, program: Program, target: Target): ProbeResult {
  if (probe.exec) return execResult(probe.exec.command ?? [], probe.timeoutSeconds ?? 1, program, target.atMs);
  if (probe.httpGet) return httpResult(probe.httpGet, program, target);
  if (probe.tcpSocket) return tcpResult(portNumber(probe.tcpSocket.port, specOf(target.sync, target.container)), program, target);
  if (probe.grpc) return grpcResult(probe, probe.grpc.port, program, target);
  return { ok: true, output: '' };
}

function execResult(command: readonly string[], timeoutSeconds: number, program: Program, atMs: number): ProbeResult {
  const { exitCode, output, tookMs = 0, problem } = program.exec(command, atMs);
  if (problem !== undefined) return { ok: false, output: '', error: problem };
  if (tookMs > timeoutSeconds * 1000) return { ok: false, output: `command timed out: "${command.join(' ')}" timed out after ${timeoutSeconds}s` };
  return { ok: exitCode === 0, output };
}

function httpResult({ path = '/', port, scheme = 'HTTP', host }: NonNullable<Probe['httpGet']>, program: Program, target: Target): ProbeResult {
  const number = portNumber(port, specOf(target.sync, target.container));
  const address = `${host || target.sync.state.address}:${number}`;
  const url = `${scheme.toLowerCase()}://${address}${path.startsWith('/') ? path : `/${path}`}`;
  if (!program.listens(number, target.atMs)) return { ok: false, output: `Get "${url}": dial tcp ${address}: connect: connection refused` };
  const status = program.httpStatus(number, path, target.atMs);
  const ok = status >= 200 && status < 400;
  return { ok, output: ok ? '' : `HTTP probe failed with statuscode: ${status}` };
}

function tcpResult(port: number, program: Program, { sync, atMs }: Target): ProbeResult {
  const ok = program.listens(port, atMs);
  return { ok, output: ok ? '' : `dial tcp ${sync.state.address}:${port}: connect: connection refused` };
}

function grpcResult(probe: Probe, port: number, program: Program, { sync, atMs }: Target): ProbeResult {
  const ok = program.listens(port, atMs) && (program.grpc?.(port) ?? true);
  const within = `${probe.timeoutSeconds ?? 1}s`;
  return { ok, output: ok ? '' : `timeout: failed to connect service "${sync.state.address}:${port}" within ${within}: context deadline exceeded` };
}

/** A port by number or by the name that the container gives it. */
export const portNumber = (port: number | string, spec: Container): number =>
  typeof port === 'number' ? port : (spec.ports?.find((p) => p.name === port)?.containerPort ?? Number(port));
