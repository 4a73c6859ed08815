import { fieldManagerProblems, forceProblems } from '../managed/index.ts';
import type { Call } from './context.ts';
import { invalidOptionsOf } from './options.ts';

/** Checks `fieldManager` and `force` of a write. Models ValidatePatchOptions and its siblings in apimachinery's meta/v1/validation. */
export function checkManager(call: Pick<Call, 'request'>, apply: boolean): void {
  const { query } = call.request;
  const force = query.get('force');
  const problems = [
    ...forceProblems(force === undefined ? undefined : query.flag('force'), apply),
    ...fieldManagerProblems(query.get('fieldManager'), apply),
  ];
  if (problems.length > 0) throw invalidOptionsOf(call, problems);
}
