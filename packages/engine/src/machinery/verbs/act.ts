import { definition } from '@vivakube/schema';
import type { Action } from '../action.ts';
import { decodeBody } from '../decode/index.ts';
import { type ApiAnswer, jsonAnswer, warningHeader } from '../request.ts';
import { type Call, isDryRun, writeContext, writing } from './context.ts';
import { storedOf } from './get.ts';
import { fieldValidation } from './validation.ts';

/** A subresource that is neither the object nor a part of it. */
export function act(call: Call, action: Action): ApiAnswer {
  const { request } = call;
  const { object } = storedOf(call);
  const body =
    action.schema === undefined || request.method === 'GET'
      ? undefined
      : decodeBody(
          request.body,
          request.contentType,
          {
            definition: definition(action.schema),
            apiVersion: action.group ? `${action.group}/${action.version}` : action.version,
            kind: action.kind,
          },
          fieldValidation(call),
        ).object;
  const dryRun = isDryRun(call);
  return writing(call, dryRun, () => {
    const result = action.run({ write: writeContext(call, dryRun), object, body, query: request.query });
    if ('text' in result) return { type: 'answer', status: 200, headers: [['content-type', 'text/plain']], body: result.text };
    return jsonAnswer(result.status ?? 201, result.object, call.warnings.map(warningHeader));
  });
}
