import { keyPrefix, splitKey } from '../../core/key.ts';
import { Stored } from '../../core/stored.ts';
import { resourceOf } from '../kind.ts';
import { type ListMeta, listTexts } from '../render.ts';
import { type ApiAnswer, JSON_TYPE, warningHeader } from '../request.ts';
import { badRequest } from '../status.ts';
import { type Choice, choiceOf } from './choice.ts';
import { type Call, rendering } from './context.ts';
import { continueToken, parseContinue } from './continue.ts';
import { checkListOptions } from './list-options.ts';
import { checkRevision } from './revision.ts';

export function list(call: Call): ApiAnswer {
  checkListOptions(call, 'list');
  const { items, meta } = call.kind.virtual ? made(call) : page(call);
  return {
    type: 'answer',
    status: 200,
    headers: [['content-type', JSON_TYPE], ...call.warnings.map(warningHeader)],
    body: listTexts(rendering(call), items, meta),
  };
}

/** Objects of a virtual kind: always all of them, as they are now. */
function made(call: Call): { items: Stored[]; meta: ListMeta } {
  const { txn, kind, path } = call;
  const choice = choiceOf(call);
  const objects = kind.virtual?.list(path.namespace, { view: txn, now: txn.now, seed: txn.seed }) ?? [];
  const items = objects.filter((object) => choice.everything || choice.matches(object)).map((object) => Stored.ofObject(object, txn.revision));
  return { items, meta: { resourceVersion: '' } };
}

/** The entries that a collection call selects, as `limit` and `continue` cut them. */
export function page(call: Call): { items: Stored[]; meta: ListMeta } {
  const { txn, kind, path, request } = call;
  const token = request.query.get('continue');
  const start = token ? parseContinue(token) : undefined;
  const asked = request.query.get('resourceVersion');
  if (start && asked && asked !== '0') throw badRequest('specifying resource version is not allowed when using continue');
  if (!start) checkRevision(call, asked);
  const choice = choiceOf(call);
  const limit = Math.max(0, request.query.integer('limit') ?? 0);
  const prefix = keyPrefix(resourceOf(kind), kind.scope === 'Namespaced' ? path.namespace : undefined);
  const { items, next } = take(txn.entries(prefix, start ? prefixed(resourceOf(kind), start.key) : prefix), choice, limit);
  const meta: ListMeta = { resourceVersion: String(txn.revision) };
  if (next !== undefined) {
    const { namespace, name } = splitKey(next);
    meta.continue = continueToken({ revision: txn.revision, key: `${namespace}/${name}` });
    if (choice.everything) meta.remainingItemCount = remaining(call, prefix, next);
  }
  return { items, meta };
}

const prefixed = (resource: string, rest: string): string => `${resource}/${rest}`;

function take(entries: Iterable<readonly [string, Stored]>, choice: Choice, limit: number): { items: Stored[]; next?: string } {
  const items: Stored[] = [];
  for (const [key, stored] of entries) {
    if (!choice.everything && !choice.matches(stored.object)) continue;
    if (limit > 0 && items.length === limit) return { items, next: key };
    items.push(stored);
  }
  return { items };
}

function remaining({ txn }: Call, prefix: string, from: string): number {
  let count = 0;
  for (const _ of txn.entries(prefix, from)) count++;
  return count;
}
