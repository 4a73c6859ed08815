import type { ApiAnswer } from '../request.ts';
import { updateObject } from '../write/update.ts';
import { keyOfCall, sentObject } from './body.ts';
import { type Call, checkName, isDryRun, writeContext, written } from './context.ts';
import { storedOf } from './get.ts';
import { checkManager } from './manager.ts';

export function update(call: Call): ApiAnswer {
  const { kind, path } = call;
  checkManager(call, false);
  const object = sentObject(call);
  checkName(object, path);
  storedOf(call);
  const dryRun = isDryRun(call);
  return written(call, 200, dryRun, () => updateObject(writeContext(call, dryRun), kind, keyOfCall(call), object, { subresource: path.subresource }));
}
