import { definition } from '@vivakube/schema';
import type { KubeObject } from '../../core/object.ts';
import type { Action, ActionResult } from '../action.ts';
import { decodeBody } from '../decode/index.ts';
import type { Attributes } from '../machine.ts';
import { type ApiResponse, jsonAnswer, warningHeader } from '../request.ts';
import { admit, validateAdmission } from '../write/admit.ts';
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
    if (body) judge(call, action, body, dryRun);
    const { query, resume } = request;
    const result = action.run({ write: writeContext(call, dryRun), object, body, query, ...(resume === undefined ? {} : { resume }) });
    if ('text' in result) return textAnswer(result);
    return jsonAnswer(result.status ?? 201, result.object, call.warnings.map(warningHeader));
  });
}

/** What is sent to a subresource has to be admitted like any object. */
function judge({ machine, kind, path, request, txn, warnings }: Call, action: Action, body: KubeObject, dryRun: boolean): void {
  const { group, version } = action;
  const attributes: Attributes = {
    operation: 'CREATE',
    kind,
    sent: { group, version, kind: action.kind },
    subresource: action.subresource,
    namespace: path.namespace,
    name: path.name,
    object: body,
    old: undefined,
    user: request.user,
    dryRun,
    txn,
    warnings,
  };
  admit(machine, attributes);
  validateAdmission(machine, attributes);
}

const textAnswer = ({ text, more }: Extract<ActionResult, { text: string }>): ApiResponse =>
  more ? { type: 'text', contentType: TEXT_TYPE, text, more } : { type: 'answer', status: 200, headers: [['content-type', TEXT_TYPE]], body: text };
