import { goQuote } from './field.ts';
import type { ApiRequest } from './request.ts';
import { parsePath } from './route.ts';
import { badRequest } from './status.ts';

const UNITS = ['ns', 'us', '\u00b5s', '\u03bcs', 'ms', 's', 'm', 'h'];
const STREAMS = ['attach', 'exec', 'log', 'portforward', 'proxy'];

/** What time.ParseDuration of Go says of a text that is no duration. */
export function durationProblem(text: string): string | undefined {
  let rest = text.replace(/^[+-]/, '');
  if (rest === '0') return undefined;
  if (rest === '') return `time: invalid duration ${goQuote(text)}`;
  while (rest !== '') {
    const [, number = '', unit = '', left = ''] = /^([0-9]*\.?[0-9]*)([^.0-9]*)(.*)$/s.exec(rest) ?? [];
    if (!/[0-9]/.test(number)) return `time: invalid duration ${goQuote(text)}`;
    if (unit === '') return `time: missing unit in duration ${goQuote(text)}`;
    if (!UNITS.includes(unit)) return `time: unknown unit ${goQuote(unit)} in duration ${goQuote(text)}`;
    rest = left;
  }
  return undefined;
}

/** How long a client would wait has to be understood, though nothing here takes long. Models k8s.io/apiserver/pkg/endpoints/filters/request_deadline.go. */
export function checkTimeout({ path, query }: ApiRequest): void {
  const timeout = query.get('timeout');
  if (!timeout || isLongRunning(path, query.flag('watch'))) return;
  const problem = durationProblem(timeout);
  if (problem) throw badRequest(`invalid timeout specified in the request URL - ${problem}`);
}

function isLongRunning(path: string, watches: boolean): boolean {
  const asked = parsePath(path);
  return asked.type === 'resource' && (asked.watch || watches || STREAMS.includes(asked.subresource));
}
