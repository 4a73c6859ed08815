import { hash32, hexOf } from '../core/chance.ts';
import type { ImageService, Program, ProgramStart, PullAnswer } from '../kinds/shared/program.ts';
import { knownImage } from './catalogue.ts';
import type { ImageDefinition } from './image.ts';
import { override, withOverrides } from './overrides.ts';
import { quietServer } from './quiet.ts';
import { parseReference, type Reference } from './reference.ts';
import { baseName, isTool } from './script/commands.ts';
import { scriptProgram } from './script/program.ts';
import type { Executables } from './script/run.ts';
import { serverProgram } from './server.ts';
import { hasTag } from './tags.ts';

const ROOT = 0;
const UNKNOWN_BYTES_MIN = 20_000_000;
const UNKNOWN_BYTES_SPAN = 180_000_000;

export const digestOf = (name: string): string => `sha256:${hexOf(name, 8)}`;

const ANSWERS_MAX = 1000;
const answers = new Map<string, PullAnswer>();

/** Answers as a registry would, through the container runtime's words; the same text always gets the same answer. */
export function pullImage(text: string): PullAnswer {
  let answer = answers.get(text);
  if (!answer) {
    if (answers.size >= ANSWERS_MAX) answers.clear();
    answer = lookUp(text);
    answers.set(text, answer);
  }
  return answer;
}

function lookUp(text: string): PullAnswer {
  const reference = parseReference(text);
  if (typeof reference === 'string') return { type: 'invalid', message: reference };
  const known = knownImage(reference.repository);
  if (known && reference.tag !== '' && !hasTag(known.tags, reference.tag)) return { type: 'refused', message: notFoundMessage(reference) };
  const digest = reference.digest ?? digestOf(reference.name);
  const bytes = known ? known.bytes(reference.tag) : UNKNOWN_BYTES_MIN + (hash32(reference.name) % UNKNOWN_BYTES_SPAN);
  const uid = known?.uid ?? (known?.shell ? ROOT : undefined);
  return { type: 'image', image: { name: reference.name, id: `${reference.repository}@${digest}`, bytes, ...(uid === undefined ? {} : { uid }) } };
}

/** containerd's error for a tag that is not there. */
const notFoundMessage = ({ name }: Reference): string =>
  `rpc error: code = NotFound desc = failed to pull and unpack image "${name}": failed to resolve reference "${name}": ${name}: not found`;

const WRAPPERS = ['docker-entrypoint.sh', 'docker-php-entrypoint', 'entrypoint.sh', 'tini', 'dumb-init', 'env', 'nice'];

/** The executable that a command line comes down to. */
function mainOf(argv: readonly string[]): string {
  const first = argv.find((word) => !(WRAPPERS.includes(baseName(word)) || word === '--' || /^\w+=/.test(word)));
  return baseName(first ?? argv[0] ?? '');
}

export function programFor(start: ProgramStart): Program {
  return withOverrides(start, plainProgram(start));
}

function plainProgram(start: ProgramStart): Program {
  const reference = parseReference(start.image);
  const image = typeof reference === 'string' ? undefined : knownImage(reference.repository);
  return image ? knownProgram(start, image) : unknownProgram(start);
}

function knownProgram(start: ProgramStart, image: ImageDefinition): Program {
  const argv = commandLine(start, image);
  const main = mainOf(argv);
  const served = image.server && { grpc: [], ...image.server };
  const executables = { tools: image.tools ?? [], runtimes: image.runtimes ?? [], server: served, ports: start.ports, shell: image.shell };
  if (served && (served.executables.includes(main) || isBareArgument(start, image, main))) return serverProgram(start, served, executables);
  const runs = isTool(main) || executables.tools.includes(main) || executables.runtimes.includes(main);
  if (image.shell && runs) return scriptProgram(start, argv, executables);
  return { ...serverProgram(start, quietServer([]), executables), startError: { exitCode: 128, message: notExecutable(argv[0] ?? '') } };
}

/** Wrappers as docker-entrypoint.sh put the image's own command before arguments that are only flags. */
function commandLine({ command, args }: ProgramStart, image: ImageDefinition): string[] {
  if (command.length > 0) return [...command, ...args];
  const own = image.command ?? [];
  const given = args.length === 0 ? own : args[0]?.startsWith('-') && image.entrypoint ? [...own.slice(0, 1), ...args] : args;
  return [...(image.entrypoint ?? []), ...given];
}

/** Without a command of its own a container's args are the image's server's, as `args: ["-text=hello"]`. */
const isBareArgument = (start: ProgramStart, image: ImageDefinition, main: string): boolean =>
  start.command.length === 0 &&
  (start.args.length === 0 ||
    image.command === undefined ||
    main.startsWith('-') ||
    baseName(image.entrypoint?.[0] ?? image.command[0] ?? '') === main ||
    !isTool(main));

/** Models runc's words for what is not there. */
const notExecutable = (file: string): string =>
  `failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: exec: "${file}": ${file.startsWith('/') ? `stat ${file}: no such file or directory` : 'executable file not found in $PATH'}`;

const UNKNOWN: Executables = { tools: [], runtimes: ['python', 'python3', 'node', 'npm', 'java', 'ruby', 'php', 'dotnet'], ports: [] };

/** Nobody knows what is in it: shell scripts run, everything else is taken for a server. */
function unknownProgram(start: ProgramStart): Program {
  const argv = [...start.command, ...start.args];
  const executables = { ...UNKNOWN, ports: start.ports };
  const runsScript = start.command.length > 0 && isTool(mainOf(argv));
  return runsScript && override(start, 'server') === undefined
    ? scriptProgram(start, argv, executables)
    : serverProgram(start, quietServer(start.ports), executables);
}

export const images: ImageService = { pull: pullImage, program: programFor };
