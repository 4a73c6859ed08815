import { aggregateText, type FieldError } from '../field.ts';
import { ApiError } from '../status.ts';
import type { Call } from './context.ts';

const OPTIONS: Readonly<Record<string, string>> = {
  POST: 'CreateOptions',
  PUT: 'UpdateOptions',
  PATCH: 'PatchOptions',
  DELETE: 'DeleteOptions',
  GET: 'ListOptions',
};

/** 422 about query parameters, in the words of the options object they stand for. */
export function invalidOptionsOf(call: Pick<Call, 'request'>, problems: readonly FieldError[]): ApiError {
  const kind = OPTIONS[call.request.method] ?? 'ListOptions';
  const causes = problems.map(({ type, field, body }) => ({ reason: type, message: body, field }));
  return new ApiError(422, 'Invalid', `${kind}.meta.k8s.io "" is invalid: ${aggregateText(problems)}`, { group: 'meta.k8s.io', kind, causes });
}

export const invalidOptions = (call: Pick<Call, 'request'>, field: string, body: string, type: FieldError['type']): ApiError =>
  invalidOptionsOf(call, [{ type, field, body }]);
