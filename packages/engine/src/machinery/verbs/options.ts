import { ApiError } from '../status.ts';
import type { Call } from './context.ts';

const OPTIONS: Readonly<Record<string, string>> = {
  POST: 'CreateOptions',
  PUT: 'UpdateOptions',
  PATCH: 'PatchOptions',
  DELETE: 'DeleteOptions',
  GET: 'ListOptions',
};

/** 422 about a query parameter, in the words of the options object it stands for. */
export function invalidOptions(call: Pick<Call, 'request'>, field: string, body: string, reason: string): ApiError {
  const kind = OPTIONS[call.request.method] ?? 'ListOptions';
  return new ApiError(422, 'Invalid', `${kind}.meta.k8s.io "" is invalid: ${field}: ${body}`, {
    group: 'meta.k8s.io',
    kind,
    causes: [{ reason, message: body, field }],
  });
}
