import { type FieldError, forbiddenField, invalid, notSupported, required } from '../../../machinery/field.ts';
import { eachInvalid, type Part, validateNonNegative } from '../fields.ts';
import { isHttpHeaderName } from '../formats.ts';
import { validatePortNumberOrName } from './ports.ts';

const SCHEMES = ['HTTP', 'HTTPS'];

type ActionRule = (action: Part, path: string) => FieldError[];

const actionRules = (gracePeriodSeconds: number | undefined): [name: string, rule: ActionRule][] => [
  ['exec', (a, path) => ((a.command ?? []).length === 0 ? [required(`${path}.command`)] : [])],
  ['httpGet', validateHttpGet],
  ['tcpSocket', (a, path) => validatePortNumberOrName(a.port, `${path}.port`)],
  ['grpc', (a, path) => validatePortNumberOrName(a.port ?? 0, `${path}.port`)],
  ['sleep', (a, path) => validateSleep(a, gracePeriodSeconds, path)],
];

/** Exactly one way to act. Models validateHandler. */
function validateHandler(handler: Part, gracePeriodSeconds: number | undefined, path: string): FieldError[] {
  const given = actionRules(gracePeriodSeconds).filter(([name]) => handler[name]);
  if (given.length === 0) return [required(path, 'must specify a handler type')];
  return given.flatMap(([name, rule], i) =>
    i === 0 ? rule(handler[name], `${path}.${name}`) : [forbiddenField(`${path}.${name}`, 'may not specify more than 1 handler type')],
  );
}

function validateHttpGet(action: Part, path: string): FieldError[] {
  const errors = action.path ? [] : [required(`${path}.path`)];
  errors.push(...validatePortNumberOrName(action.port, `${path}.port`));
  if (!SCHEMES.includes(action.scheme)) errors.push(notSupported(`${path}.scheme`, action.scheme ?? '', SCHEMES));
  for (const header of action.httpHeaders ?? [])
    errors.push(...eachInvalid(`${path}.httpHeaders`, header.name ?? '', isHttpHeaderName(header.name ?? '')));
  return errors;
}

function validateSleep(action: Part, gracePeriodSeconds: number | undefined, path: string): FieldError[] {
  const seconds: number = action.seconds ?? 0;
  if (gracePeriodSeconds === undefined || (seconds >= 0 && seconds <= gracePeriodSeconds)) return [];
  return [invalid(path, seconds, `must be non-negative and less than terminationGracePeriodSeconds (${gracePeriodSeconds})`)];
}

const STOP_SIGNALS_LINUX = [
  'SIGABRT',
  'SIGALRM',
  'SIGBUS',
  'SIGCHLD',
  'SIGCLD',
  'SIGCONT',
  'SIGFPE',
  'SIGHUP',
  'SIGILL',
  'SIGINT',
  'SIGIO',
  'SIGIOT',
  'SIGKILL',
  'SIGPIPE',
  'SIGPOLL',
  'SIGPROF',
  'SIGPWR',
  'SIGQUIT',
  'SIGRTMAX',
  ...range(1, 14).map((n) => `SIGRTMAX-${n}`),
  'SIGRTMIN',
  ...range(1, 15).map((n) => `SIGRTMIN+${n}`),
  'SIGSEGV',
  'SIGSTKFLT',
  'SIGSTOP',
  'SIGSYS',
  'SIGTERM',
  'SIGTRAP',
  'SIGTSTP',
  'SIGTTIN',
  'SIGTTOU',
  'SIGURG',
  'SIGUSR1',
  'SIGUSR2',
  'SIGVTALRM',
  'SIGWINCH',
  'SIGXCPU',
  'SIGXFSZ',
].sort();
const STOP_SIGNALS_WINDOWS = ['SIGKILL', 'SIGTERM'];

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

/** Models validateLifecycle. */
export function validateLifecycle(lifecycle: Part, gracePeriodSeconds: number | undefined, os: string | undefined, path: string): FieldError[] {
  const errors: FieldError[] = [];
  if (lifecycle.postStart) errors.push(...validateHandler(lifecycle.postStart, gracePeriodSeconds, `${path}.postStart`));
  if (lifecycle.preStop) errors.push(...validateHandler(lifecycle.preStop, gracePeriodSeconds, `${path}.preStop`));
  if (lifecycle.stopSignal !== undefined) errors.push(...validateStopSignal(lifecycle.stopSignal, os, `${path}.stopSignal`));
  return errors;
}

function validateStopSignal(signal: string, os: string | undefined, path: string): FieldError[] {
  if (os === undefined) return [forbiddenField(path, 'may not be set for containers with empty `spec.os.name`')];
  const supported = os === 'windows' ? STOP_SIGNALS_WINDOWS : STOP_SIGNALS_LINUX;
  return supported.includes(signal) ? [] : [notSupported(path, signal, supported)];
}

const PROBE_NUMBERS = ['initialDelaySeconds', 'timeoutSeconds', 'periodSeconds', 'successThreshold', 'failureThreshold'];

function validateProbe(probe: Part, gracePeriodSeconds: number | undefined, path: string): FieldError[] {
  const errors = validateHandler(probe, gracePeriodSeconds, path);
  for (const name of PROBE_NUMBERS) errors.push(...validateNonNegative(probe[name], `${path}.${name}`));
  const grace = probe.terminationGracePeriodSeconds;
  if (grace !== undefined && grace <= 0) errors.push(invalid(`${path}.terminationGracePeriodSeconds`, grace, 'must be greater than 0'));
  return errors;
}

/** The three probes of a container that runs for long. */
export function validateProbes(container: Part, gracePeriodSeconds: number | undefined, path: string): FieldError[] {
  const errors: FieldError[] = [];
  for (const name of ['livenessProbe', 'readinessProbe', 'startupProbe']) {
    const probe = container[name];
    if (!probe) continue;
    const at = `${path}.${name}`;
    errors.push(...validateProbe(probe, gracePeriodSeconds, at));
    if (name === 'readinessProbe') {
      const grace = probe.terminationGracePeriodSeconds;
      if (grace !== undefined) errors.push(invalid(`${at}.terminationGracePeriodSeconds`, grace, 'must not be set for readinessProbes'));
    } else if ((probe.successThreshold ?? 0) !== 1) errors.push(invalid(`${at}.successThreshold`, probe.successThreshold ?? 0, 'must be 1'));
  }
  return errors;
}
