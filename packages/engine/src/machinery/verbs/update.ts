import { definition } from '@vivakube/schema';
import { objectKey } from '../../core/key.ts';
import { decodeBody } from '../decode/index.ts';
import { apiVersionOf, resourceOf } from '../kind.ts';
import type { ApiAnswer } from '../request.ts';
import { updateObject } from '../write/update.ts';
import { type Call, checkName, isDryRun, objectAnswer, writeContext, writing } from './context.ts';
import { storedOf } from './get.ts';
import { checkManager } from './manager.ts';
import { fieldValidation } from './validation.ts';

export function update(call: Call): ApiAnswer {
  const { kind, path, request } = call;
  checkManager(call, false);
  const { object, warnings } = decodeBody(
    request.body,
    request.contentType,
    { definition: kind.definition ?? definition(kind.schema), apiVersion: apiVersionOf(kind), kind: kind.kind },
    fieldValidation(call),
  );
  call.warnings.push(...warnings);
  checkName(object, path);
  storedOf(call);
  const key = objectKey(resourceOf(kind), kind.scope === 'Namespaced' ? path.namespace : '', path.name);
  const dryRun = isDryRun(call);
  return writing(call, dryRun, () => objectAnswer(call, 200, updateObject(writeContext(call, dryRun), kind, key, object, { subresource: path.subresource })));
}
