import { objectKey } from '../../core/key.ts';
import { Stored } from '../../core/stored.ts';
import { resourceOf } from '../kind.ts';
import { objectText } from '../render.ts';
import { type ApiAnswer, JSON_TYPE, warningHeader } from '../request.ts';
import { notFound } from '../status.ts';
import { type Call, rendering } from './context.ts';
import { checkRevisionOfGet } from './revision.ts';

/** The object that a call names, or 404. */
export function storedOf({ txn, kind, path }: Call): Stored {
  if (kind.virtual) return Stored.ofObject(kind.virtual.get(path.name, path.namespace, { view: txn, now: txn.now, seed: txn.seed }), txn.revision);
  const stored = txn.stored(objectKey(resourceOf(kind), kind.scope === 'Namespaced' ? path.namespace : '', path.name));
  if (!stored) throw notFound(kind.group, kind.plural, path.name);
  return stored;
}

export function get(call: Call): ApiAnswer {
  checkRevisionOfGet(call);
  const text = objectText(rendering(call), storedOf(call));
  return { type: 'answer', status: 200, headers: [['content-type', JSON_TYPE], ...call.warnings.map(warningHeader)], body: [text, '\n'] };
}
