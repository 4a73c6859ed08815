import { dateMark } from './date.ts';
import { parseScript } from './parse.ts';
import { piDigits } from './pi.ts';
import type { Run } from './run.ts';

type Command = (run: Run, args: string[], redirect: string | undefined) => number;

const UNITS: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400 };

function durationMs(text: string): number | undefined {
  const m = /^(\d+(?:\.\d+)?)([smhd])?$/.exec(text);
  return m ? Math.round(Number(m[1]) * (UNITS[m[2] ?? 's'] as number) * 1000) : undefined;
}

const print = (run: Run, text: string, redirect: string | undefined): number => {
  if (redirect === undefined || redirect === '/dev/stdout' || redirect === '1') run.print(text);
  else if (redirect === '2' || redirect === '/dev/stderr') run.print(text, 'stderr');
  else run.setFile(redirect, true);
  return 0;
};

const sleep: Command = (run, args) => {
  if (args[0] === 'infinity') run.forever();
  const ms = durationMs(args[0] ?? '');
  if (ms === undefined) {
    run.print(`sleep: invalid number '${args[0] ?? ''}'`, 'stderr');
    return 1;
  }
  run.sleep(ms);
  return 0;
};

const cat: Command = (run, args) => {
  for (const path of args.filter((a) => !a.startsWith('-'))) {
    if (run.hasFile(path) || path.startsWith('/etc/') || path.startsWith('/proc/') || path.startsWith('/var/run/secrets/')) continue;
    run.print(`cat: can't open '${path}': No such file or directory`, 'stderr');
    return 1;
  }
  return 0;
};

const test: Command = (run, args) => {
  const words = args.filter((a) => a !== ']');
  const [a = '', b = '', c = ''] = words;
  if (a === '!') return test(run, words.slice(1), undefined) === 0 ? 1 : 0;
  switch (words.length === 3 ? b : a) {
    case '-f':
    case '-e':
    case '-r':
    case '-d':
      return run.hasFile(b) ? 0 : 1;
    case '-z':
      return b === '' ? 0 : 1;
    case '-n':
      return b !== '' ? 0 : 1;
    case '=':
    case '==':
      return a === c ? 0 : 1;
    case '!=':
      return a !== c ? 0 : 1;
    case '-eq':
      return Number(a) === Number(c) ? 0 : 1;
    case '-ne':
      return Number(a) !== Number(c) ? 0 : 1;
    case '-lt':
      return Number(a) < Number(c) ? 0 : 1;
    case '-le':
      return Number(a) <= Number(c) ? 0 : 1;
    case '-gt':
      return Number(a) > Number(c) ? 0 : 1;
    case '-ge':
      return Number(a) >= Number(c) ? 0 : 1;
    default:
      return a === '' ? 1 : 0;
  }
};

const shell: Command = (run, args) => {
  const flag = args.findIndex((a) => /^-[a-z]*c$/.test(a));
  if (flag < 0) return 0;
  const script = parseScript(args[flag + 1] ?? '');
  return script ? run.play(script) : run.forever();
};

const files =
  (exists: boolean): Command =>
  (run, args) => {
    for (const path of args.filter((a) => !a.startsWith('-'))) run.setFile(path, exists);
    return 0;
  };

const echo: Command = (run, args, redirect) => print(run, args.filter((a, i) => !(i === 0 && /^-[neE]+$/.test(a))).join(' '), redirect);
const ok: Command = () => 0;

/** Models perl's `bpi(2000)` of the documentation's Job; any other program just runs for a moment. */
const perl: Command = (run, args) => {
  const digits = /\bbpi\((\d+)\)/.exec(args.join(' '))?.[1];
  if (digits === undefined) return 0;
  run.sleep(Math.min(20_000, Number(digits) * 2));
  run.print(piDigits(Math.min(5000, Number(digits))));
  return 0;
};

const usleep: Command = (run, args) => {
  run.sleep(Math.round(Number(args[0] ?? 0) / 1000));
  return 0;
};

const trap: Command = (run, args) => {
  if (args.some((a) => a === 'TERM' || a === 'SIGTERM' || a === '15')) run.course.handlesTerm = true;
  return 0;
};

const COMMANDS = new Map<string, Command>([
  ['true', ok],
  [':', ok],
  ['false', () => 1],
  ['exit', (run, args) => run.exit(Number(args[0] ?? run.status) & 255)],
  ['sleep', sleep],
  ['usleep', usleep],
  ['echo', echo],
  [
    'printf',
    (run, args, redirect) =>
      print(
        run,
        (args[0] ?? '').replace(/\\n$/, '').replace(/%[sd]/g, () => args.splice(1, 1)[0] ?? ''),
        redirect,
      ),
  ],
  ['tail', (run, args) => (args.some((a) => /^-\w*[fF]/.test(a)) ? run.forever() : 0)],
  ['cat', cat],
  ['ls', cat],
  ['touch', files(true)],
  ['mkdir', files(true)],
  ['rm', files(false)],
  ['test', test],
  ['[', test],
  [
    '[[',
    (run, args) =>
      test(
        run,
        args.filter((a) => a !== ']]'),
        undefined,
      ),
  ],
  ['sh', shell],
  ['bash', shell],
  ['ash', shell],
  ['exec', (run, args, redirect) => (args.length === 0 ? 0 : run.exit(runCommand(run, args, redirect)))],
  ['trap', trap],
  ['wait', (run) => run.forever()],
  ['date', (run, args, redirect) => print(run, dateMark(args), redirect)],
  ['hostname', (run, _args, redirect) => print(run, run.env.get('HOSTNAME') ?? 'localhost', redirect)],
  [
    'env',
    (run, args) => (args.length > 0 ? runCommand(run, args, undefined) : print(run, [...run.env].map(([k, v]) => `${k}=${v}`).join('\n'), undefined)),
  ],
  ['perl', perl],
  ['httpd', (run, args) => (args.includes('-f') ? run.forever() : 0)],
  ['nc', (run, args) => (args.some((a) => a.startsWith('-l')) ? run.forever() : 0)],
  ['top', (run) => run.forever()],
  ['pause', (run) => run.forever()],
  ['yes', (run) => run.forever()],
]);

for (const name of [
  'set',
  'export',
  'cd',
  'umask',
  'chmod',
  'chown',
  'ln',
  'cp',
  'mv',
  'sync',
  'id',
  'whoami',
  'pwd',
  'ps',
  'grep',
  'sed',
  'awk',
  'wc',
  'sort',
  'head',
  'tee',
  'uname',
  'mount',
  'df',
  'free',
  'wget',
  'nslookup',
  'ping',
  'dd',
  'tar',
  'gzip',
  'find',
  'xargs',
  'expr',
  'let',
  'local',
  'return',
  'readlink',
  'ip',
  'ifconfig',
  'stty',
  'kill',
  'which',
  'apk',
  'apt-get',
  'apt',
  'ulimit',
  'sysctl',
  'mktemp',
  'basename',
  'dirname',
  'cut',
  'tr',
  'uniq',
  'seq',
  'timeout',
  'nproc',
  'vi',
  'base64',
  'md5sum',
  'sha256sum',
  'stat',
  'du',
]) {
  if (!COMMANDS.has(name)) COMMANDS.set(name, ok);
}

export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Whether a shell image has an executable of this name. */
export const isTool = (name: string): boolean => COMMANDS.has(baseName(name));

const ASSIGNMENT = /^([A-Za-z_]\w*)=(.*)$/s;

/** Runs one command and returns its status. */
export function runCommand(run: Run, rawWords: readonly string[], redirect: string | undefined): number {
  const words = [...rawWords];
  for (let m = ASSIGNMENT.exec(words[0] ?? ''); m; m = ASSIGNMENT.exec(words[0] ?? '')) {
    run.env.set(m[1] as string, run.expand(m[2] as string));
    words.shift();
  }
  if (words[0] === 'export') for (const word of words.slice(1)) runCommand(run, [word], undefined);
  if (words.length === 0) return 0;
  const isShell = ['sh', 'bash', 'ash'].includes(baseName(words[0] as string));
  const [name = '', ...args] = isShell ? words : words.map((word) => run.expand(word));
  const target = redirect === undefined ? undefined : run.expand(redirect);
  const command = COMMANDS.get(baseName(name));
  if (command) return command(run, args, target);
  if (run.tools.includes(baseName(name))) return 0;
  run.print(`sh: ${name}: not found`, 'stderr');
  return 127;
}
