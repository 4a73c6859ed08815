import { type FieldError, forbiddenField, notSupported } from '../field.ts';
import type { Query } from '../request.ts';
import type { Call } from './context.ts';
import { invalidOptionsOf } from './options.ts';

const EXACT = 'Exact';
const NOT_OLDER = 'NotOlderThan';

function listProblems(query: Query): FieldError[] {
  const match = query.get('resourceVersionMatch');
  const revision = query.get('resourceVersion');
  const errors: FieldError[] = [];
  const forbid = (detail: string): number => errors.push(forbiddenField('resourceVersionMatch', detail));
  if (match) {
    if (!revision) forbid('resourceVersionMatch is forbidden unless resourceVersion is provided');
    if (query.get('continue')) forbid('resourceVersionMatch is forbidden when continue is provided');
    if (![EXACT, NOT_OLDER].includes(match)) errors.push(notSupported('resourceVersionMatch', match, [EXACT, NOT_OLDER, '']));
    if (match === EXACT && revision === '0') forbid('resourceVersionMatch "exact" is forbidden for resourceVersion "0"');
  }
  if (query.get('sendInitialEvents') !== undefined) errors.push(forbiddenField('sendInitialEvents', 'sendInitialEvents is forbidden for list'));
  return errors;
}

function watchProblems(query: Query): FieldError[] {
  const match = query.get('resourceVersionMatch');
  const streams = query.get('sendInitialEvents') !== undefined;
  const errors: FieldError[] = [];
  const forbid = (detail: string): number => errors.push(forbiddenField('resourceVersionMatch', detail));
  if (streams && match !== NOT_OLDER) forbid(`sendInitialEvents requires setting resourceVersionMatch to ${NOT_OLDER}`);
  if (match) {
    if (!streams) forbid('resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided');
    if (match !== NOT_OLDER) errors.push(notSupported('resourceVersionMatch', match, [NOT_OLDER]));
    if (query.get('continue')) forbid('resourceVersionMatch is forbidden when continue is provided');
  }
  return errors;
}

/** Models ValidateListOptions in k8s.io/apimachinery/pkg/apis/meta/internalversion/validation. */
export function checkListOptions(call: Pick<Call, 'request'>, verb: 'list' | 'watch'): void {
  const { query } = call.request;
  for (const name of ['limit', 'timeoutSeconds']) query.integer(name);
  const problems = verb === 'watch' ? watchProblems(query) : listProblems(query);
  if (problems.length > 0) throw invalidOptionsOf(call, problems);
}
