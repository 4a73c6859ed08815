import { definition } from '@vivakube/schema';
import { decodeBody } from '../decode/index.ts';
import { apiVersionOf } from '../kind.ts';
import type { ApiAnswer } from '../request.ts';
import { createObject } from '../write/create.ts';
import { type Call, isDryRun, objectAnswer, writeContext, writing } from './context.ts';
import { checkManager } from './manager.ts';
import { fieldValidation } from './validation.ts';

export function create(call: Call): ApiAnswer {
  const { kind, path, request } = call;
  checkManager(call, false);
  const { object, warnings } = decodeBody(
    request.body,
    request.contentType,
    { definition: kind.definition ?? definition(kind.schema), apiVersion: apiVersionOf(kind), kind: kind.kind },
    fieldValidation(call),
  );
  call.warnings.push(...warnings);
  const dryRun = isDryRun(call);
  return writing(call, dryRun, () => objectAnswer(call, 201, createObject(writeContext(call, dryRun), kind, object, { namespace: path.namespace })));
}
