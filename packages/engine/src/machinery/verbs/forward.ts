import { isConnection } from '../action.ts';
import type { KindDefinition } from '../kind.ts';
import type { ApiResponse } from '../request.ts';
import { resourceNotFound } from '../status.ts';
import { act } from './act.ts';
import { sentObject } from './body.ts';
import type { Call } from './context.ts';

/** A POST to a collection of what is really a subresource: it goes to the object that it names. */
export function forward(call: Call, { plural, subresource }: NonNullable<KindDefinition['postsTo']>): ApiResponse {
  const { machine, txn, path, kind } = call;
  const target = machine.kinds(txn).forPath(kind.group, kind.version, plural);
  const action = machine.actions.get(`${kind.group || 'core'}/${plural}/${subresource}`);
  if (!target || !action || isConnection(action)) throw resourceNotFound();
  const name = sentObject(call).metadata.name ?? '';
  return act({ ...call, kind: target, path: { ...path, resource: plural, name, subresource } }, action);
}
