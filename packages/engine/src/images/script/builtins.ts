import { dateMark } from './date.ts';
import { piDigits } from './pi.ts';
import type { Run } from './run.ts';

/** Where output goes: nowhere in particular, or to a file. */
export interface Redirect {
  redirect?: string;
  append?: boolean;
}

export type Command = (run: Run, args: string[], to: Redirect) => number;

const UNITS: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400 };

function durationMs(text: string): number | undefined {
  const m = /^(\d+(?:\.\d+)?)([smhd])?$/.exec(text);
  return m ? Math.round(Number(m[1]) * (UNITS[m[2] ?? 's'] as number) * 1000) : undefined;
}

export const print = (run: Run, text: string, { redirect, append }: Redirect): number => {
  if (redirect === undefined || redirect === '/dev/stdout' || redirect === '1') run.print(text);
  else if (redirect === '2' || redirect === '/dev/stderr') run.print(text, 'stderr');
  else if (redirect !== '/dev/null') run.write(redirect, `${text}\n`, append);
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

const cat: Command = (run, args, to) => {
  for (const path of args.filter((a) => !a.startsWith('-'))) {
    const text = run.read(path);
    if (text === undefined && !/^\/(proc|sys|var\/run\/secrets|etc\/(hosts|hostname|resolv\.conf|passwd|os-release))/.test(path)) {
      run.print(`cat: can't open '${path}': No such file or directory`, 'stderr');
      return 1;
    }
    if (text) print(run, text.replace(/\n$/, ''), to);
  }
  return 0;
};

const ls: Command = (run, args, to) => {
  const path = args.find((a) => !a.startsWith('-'));
  if (path === undefined || run.read(path) !== undefined) return path ? print(run, path, to) : 0;
  const names = [...new Set(run.below(path).map((p) => p.split('/')[0] as string))];
  if (names.length > 0) return print(run, names.join('\n'), to);
  if (/^\/(bin|dev|etc|home|proc|root|sys|tmp|usr|var)?\/?$/.test(path)) return 0;
  run.print(`ls: ${path}: No such file or directory`, 'stderr');
  return 1;
};

const test: Command = (run, args) => {
  const words = args.filter((a) => a !== ']');
  const [a = '', b = '', c = ''] = words;
  if (a === '!') return test(run, words.slice(1), {}) === 0 ? 1 : 0;
  switch (words.length === 3 ? b : a) {
    case '-f':
    case '-e':
    case '-r':
    case '-d':
      return run.read(b) !== undefined || (a === '-d' && run.below(b).length > 0) ? 0 : 1;
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

const touch: Command = (run, args) => {
  for (const path of args.filter((a) => !a.startsWith('-'))) run.write(path, '', true);
  return 0;
};

const rm: Command = (run, args) => {
  for (const path of args.filter((a) => !a.startsWith('-'))) {
    run.remove(path);
    for (const below of run.below(path)) run.remove(`${path}/${below}`);
  }
  return 0;
};

const ESCAPES = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['\\', '\\'],
]);

const unescaped = (text: string): string => text.replace(/\\([nt\\])/g, (_, letter: string) => ESCAPES.get(letter) as string);

const echo: Command = (run, args, to) => {
  const flags = /^-[neE]+$/.test(args[0] ?? '') ? (args[0] as string) : '';
  const words = (flags ? args.slice(1) : args).join(' ');
  const text = flags.includes('e') ? unescaped(words) : words;
  if (!flags.includes('n') || to.redirect !== undefined) return print(run, text, to);
  run.begin(text);
  return 0;
};

const printf: Command = (run, args, to) => {
  const [format = '', ...values] = args;
  const text = format.replace(/%[sd]/g, () => values.shift() ?? '').replace(/\\n$/, '');
  return print(run, text, to);
};

const ok: Command = () => 0;
const forever: Command = (run) => run.forever();
const foreverWith =
  (flag: RegExp): Command =>
  (run, args) =>
    args.some((a) => flag.test(a)) ? run.forever() : 0;

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

const printenv: Command = (run, args, to) => {
  if (args.length === 0) return print(run, environment(run), to);
  const known = args.filter((name) => run.env.has(name));
  if (known.length > 0) print(run, known.map((name) => run.env.get(name)).join('\n'), to);
  return known.length === args.length ? 0 : 1;
};

/** Executables of a small Linux that do something here. */
export const BUILTINS = new Map<string, Command>([
  ['true', ok],
  [':', ok],
  ['false', () => 1],
  ['exit', (run, args) => run.exit(Number(args[0] ?? run.status) & 255)],
  ['sleep', sleep],
  ['usleep', usleep],
  ['echo', echo],
  ['printf', printf],
  ['tail', foreverWith(/^-\w*[fF]/)],
  ['cat', cat],
  ['ls', ls],
  ['touch', touch],
  ['rm', rm],
  ['test', test],
  ['[', test],
  [
    '[[',
    (run, args, to) =>
      test(
        run,
        args.filter((a) => a !== ']]'),
        to,
      ),
  ],
  ['trap', trap],
  ['wait', forever],
  ['date', (run, args, to) => print(run, dateMark(args), to)],
  ['hostname', (run, _args, to) => print(run, run.env.get('HOSTNAME') ?? 'localhost', to)],
  ['printenv', printenv],
  ['perl', perl],
  ['httpd', foreverWith(/^-f$/)],
  ['nc', foreverWith(/^-\w*l/)],
  ['top', forever],
  ['pause', forever],
  ['yes', forever],
]);

export const environment = (run: Run): string => [...run.env].map(([name, value]) => `${name}=${value}`).join('\n');

/** What does its work in no time and leaves no trace that matters here. */
const SILENT =
  'set export cd umask chmod chown ln cp mv sync id whoami pwd ps grep sed awk wc sort head tee uname mount df free wget nslookup ping dd tar gzip find xargs expr let local return readlink ip ifconfig stty kill which apk apt-get apt ulimit sysctl mktemp basename dirname cut tr uniq seq timeout nproc vi base64 md5sum sha256sum stat du';
for (const name of SILENT.split(' ')) if (!BUILTINS.has(name)) BUILTINS.set(name, ok);
