import { isUnderstood } from '../kinds/shared/podspec/simulation.ts';
import type { Program, ProgramStart } from '../kinds/shared/program.ts';

const PREFIX = 'sim.vivakube.dev/';

/** A pod's own word on how its containers behave: `sim.vivakube.dev/exit-code`, or `exit-code.<container>` for one of them. */
export function override({ annotations, container }: ProgramStart, name: string): string | undefined {
  const own = `${PREFIX}${name}.${container}`;
  const key = Object.hasOwn(annotations, own) ? own : PREFIX + name;
  const value = Object.hasOwn(annotations, key) ? annotations[key] : undefined;
  return value !== undefined && isUnderstood(name, value) ? value : undefined;
}

const milliseconds = (text: string | undefined): number | undefined => (text === undefined ? undefined : Math.round(Number(text) * 1000));

/** `run-seconds`, `exit-code`, `ready-after` and `fail` (start, crash, oom) take the place of what the image would do. */
export function withOverrides(start: ProgramStart, program: Program): Program {
  if (!Object.keys(start.annotations).some((name) => name.startsWith(PREFIX))) return program;
  const runMs = milliseconds(override(start, 'run-seconds'));
  const exitCode = override(start, 'exit-code');
  const readyMs = milliseconds(override(start, 'ready-after'));
  let made = program;
  if (runMs !== undefined || exitCode !== undefined) made = { ...made, ends: { afterMs: runMs ?? 0, exitCode: Number(exitCode ?? 0) } };
  if (readyMs !== undefined) {
    const { listens, exec } = made;
    made = {
      ...made,
      changesAtMs: [...new Set([...made.changesAtMs, readyMs])].sort((a, b) => a - b),
      listens: (port, atMs) => atMs >= readyMs && listens(port, atMs),
      exec: (command, atMs) => (atMs >= readyMs ? exec(command, atMs) : { exitCode: 1, output: 'not ready' }),
    };
  }
  return failing(override(start, 'fail'), made, runMs);
}

function failing(how: string | undefined, program: Program, runMs: number | undefined): Program {
  switch (how) {
    case 'start':
      return {
        ...program,
        startError: {
          exitCode: 128,
          message:
            'failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process',
        },
      };
    case 'crash':
    case 'true':
      return { ...program, ends: { afterMs: runMs ?? 500, exitCode: 1 } };
    case 'oom':
      return { ...program, ends: { afterMs: runMs ?? 500, exitCode: 137, reason: 'OOMKilled' } };
    default:
      return program;
  }
}
