import { invalid, invalidObject } from '../field.ts';
import type { KindDefinition } from '../kind.ts';
import type { ApiAnswer } from '../request.ts';
import type { ApiError } from '../status.ts';
import { createObject } from '../write/create.ts';
import { updateObject } from '../write/update.ts';
import { keyOfCall, sentObject } from './body.ts';
import { type Call, checkName, isDryRun, writeContext, written } from './context.ts';
import { storedOf } from './get.ts';
import { checkManager } from './manager.ts';

export function update(call: Call): ApiAnswer {
  const { kind, path, txn } = call;
  checkManager(call, false);
  const object = sentObject(call);
  checkName(object, path);
  const dryRun = isDryRun(call);
  const context = writeContext(call, dryRun);
  if (kind.createsOnUpdate && path.subresource === '' && !txn.get(keyOfCall(call))) {
    const named = { ...object, metadata: { ...object.metadata, name: path.name } };
    return written(call, 201, dryRun, () => createObject(context, kind, named, { namespace: path.namespace }));
  }
  storedOf(call);
  if (kind.updatesNameRevision && !object.metadata.resourceVersion) throw revisionMissing(kind, path.name);
  return written(call, 200, dryRun, () => updateObject(context, kind, keyOfCall(call), object, { subresource: path.subresource }));
}

/** The kind that this names is the plural: so a real server words it. Models registry/generic/registry/store.go (Update). */
const revisionMissing = ({ group, plural }: KindDefinition, name: string): ApiError =>
  invalidObject(group, plural, name, [invalid('metadata.resourceVersion', 0, 'must be specified for an update')]);
