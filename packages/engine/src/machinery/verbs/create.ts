import type { ApiAnswer } from '../request.ts';
import { ApiError } from '../status.ts';
import { createObject } from '../write/create.ts';
import { sentObject } from './body.ts';
import { type Call, isDryRun, writeContext, written } from './context.ts';
import { checkManager } from './manager.ts';

export function create(call: Call): ApiAnswer {
  checkManager(call, false);
  const { group, plural, refusesCreate } = call.kind;
  if (refusesCreate) throw new ApiError(405, 'MethodNotAllowed', refusesCreate, { ...(group ? { group } : {}), kind: plural });
  const object = sentObject(call);
  const dryRun = isDryRun(call);
  return written(call, 201, dryRun, () =>
    createObject(writeContext(call, dryRun), call.kind, object, { namespace: call.path.namespace, posted: true }),
  );
}
