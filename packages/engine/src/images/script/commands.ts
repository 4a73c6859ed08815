import { quietServer } from '../quiet.ts';
import { BUILTINS, environment, print, type Redirect } from './builtins.ts';
import { parseScript } from './parse.ts';
import type { Run } from './run.ts';

const SHELLS = ['sh', 'bash', 'ash', 'dash'];
const ASSIGNMENT = /^([A-Za-z_]\w*)=(.*)$/s;

export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Whether a shell image has an executable of this name. */
export const isTool = (name: string): boolean =>
  BUILTINS.has(baseName(name)) || SHELLS.includes(baseName(name)) || ['env', 'exec'].includes(baseName(name));

/** Runs one command and returns its status. */
export function runCommand(run: Run, rawWords: readonly string[], to: Redirect): number {
  const words = [...rawWords];
  for (let m = ASSIGNMENT.exec(words[0] ?? ''); m; m = ASSIGNMENT.exec(words[0] ?? '')) {
    run.env.set(m[1] as string, run.expand(m[2] as string));
    words.shift();
  }
  const first = baseName(words[0] ?? '');
  if (words.length === 0) return 0;
  if (SHELLS.includes(first)) return runShell(run, words.slice(1));
  if (first === 'export') return words.slice(1).reduce((_, word) => (ASSIGNMENT.test(word) ? runCommand(run, [word], {}) : 0), 0);
  const [name = '', ...args] = words.map((word) => run.expand(word));
  return runExecutable(run, name, args, to.redirect === undefined ? to : { ...to, redirect: run.expand(to.redirect) });
}

function runShell(run: Run, args: readonly string[]): number {
  const flag = args.findIndex((a) => /^-[a-z]*c$/.test(a));
  if (flag < 0) return 0;
  const script = parseScript(args[flag + 1] ?? '');
  return script ? run.play(script) : run.forever();
}

function runExecutable(run: Run, path: string, args: string[], to: Redirect): number {
  const name = baseName(path);
  const { server, tools, runtimes, ports } = run.executables;
  if (name === 'exec') return args.length === 0 ? 0 : run.exit(runCommand(run, args, to));
  if (name === 'env') return args.length > 0 ? runCommand(run, args, to) : print(run, environment(run), to);
  if (server?.executables.includes(name)) return ERRAND.test(args.join(' ')) ? 0 : run.serve(server);
  if (runtimes.includes(name) && servesByItself(args)) return run.serve(quietServer(ports));
  const builtin = BUILTINS.get(name);
  if (builtin) return builtin(run, args, to);
  if (tools.includes(name) || runtimes.includes(name)) return 0;
  run.print(`sh: ${path}: not found`, 'stderr');
  return 127;
}

/** A server's executable that is asked for its version, to check its settings or to signal the one that runs (`nginx -s quit`). */
const ERRAND = /(^| )(-s (stop|quit|reload|reopen)|-k (stop|restart|graceful|graceful-stop)|-t|-T|-v|-V|--version|--help)( |$)/;

/** An interpreter with a program of its own (`python app.py`, `npm start`), not one that is asked for its version or given a line. */
const servesByItself = (args: readonly string[]): boolean =>
  args.length > 0 && !args.some((a) => /^(-c|-e|-V|-v|--version|--help|install|ci|build|-p)$/.test(a));
