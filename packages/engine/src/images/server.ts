import type { Program, ProgramStart } from '../kinds/shared/program.ts';
import type { ServerBehaviour } from './image.ts';
import { execIn, mounted } from './script/program.ts';
import type { Executables } from './script/run.ts';

/** A program that serves until it is stopped. */
export function serverProgram(
  start: ProgramStart,
  server: ServerBehaviour,
  executables: Executables,
  readyAfterMs = start.instant ? 0 : server.readyAfterMs,
): Program {
  const refusal = server.refuses?.(start);
  const ports = new Set([...server.ports, ...portsAskedFor(start)]);
  const lines = (refusal?.lines ?? server.banner?.(start) ?? []).map((text) => ({ text, stream: 'stderr' as const }));
  const program: Program = {
    changesAtMs: [...(readyAfterMs > 0 ? [readyAfterMs] : []), ...(server.changesAtMs?.(start.args) ?? [])],
    listens: (port, atMs) => atMs >= readyAfterMs && ports.has(port),
    grpc: (port) => server.grpc?.includes(port) ?? true,
    httpStatus: (_port, path, atMs) => server.status?.(path, { atMs, args: start.args }) ?? 200,
    exec: (command, atMs) => execIn(mounted(start), start, command, atMs, executables),
    log: (atMs) => lines.map((line, i) => ({ ...line, atMs: i })).filter((line) => line.atMs <= atMs),
    nextLogMs: (afterMs) => (afterMs + 1 < lines.length ? Math.max(0, afterMs + 1) : undefined),
  };
  if (refusal) program.ends = { afterMs: 500, exitCode: refusal.exitCode };
  if (server.term !== 'ignored') program.term = server.term;
  return program;
}

/** `-listen=:5678`, `--http-port=8080`: servers that are told where to listen do so. */
export function portsAskedFor({ args, command, env, ports }: ProgramStart): number[] {
  const asked = [...command, ...args].join(' ');
  const found = asked === '' ? [] : [...asked.matchAll(/(?:port|listen|addr(?:ess)?)[ =]"?[\w.]*:?(\d{2,5})\b/g)].map((m) => Number(m[1]));
  const fromEnv = Number(env.get('PORT'));
  return [...found, ...(fromEnv > 0 ? [fromEnv] : []), ...(asked === '' ? [] : ports)];
}
