import { definition } from '@vivakube/schema';
import type { Action, ActionResult } from '../action.ts';
import { decodeBody } from '../decode/index.ts';
import { type ApiResponse, jsonAnswer, warningHeader } from '../request.ts';
import { type Call, isDryRun, writeContext, writing } from './context.ts';
import { storedOf } from './get.ts';
import { fieldValidation } from './validation.ts';

const TEXT_TYPE = 'text/plain';

/** A subresource that is neither the object nor a part of it. */
export function act(call: Call, action: Action): ApiResponse {
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
  const dryRun = isDryRun(call) || (action.isDryRun?.(body) ?? false);
  return writing(call, dryRun, () => {
    const { query, resume } = request;
    const result = action.run({ write: writeContext(call, dryRun), object, body, query, ...(resume === undefined ? {} : { resume }) });
    if ('text' in result) return textAnswer(result);
    return jsonAnswer(result.status ?? 201, result.object, call.warnings.map(warningHeader));
  });
}

const textAnswer = ({ text, more }: Extract<ActionResult, { text: string }>): ApiResponse =>
  more ? { type: 'text', contentType: TEXT_TYPE, text, more } : { type: 'answer', status: 200, headers: [['content-type', TEXT_TYPE]], body: text };
