import { encodeDelta, type Indexer } from '@vivakube/engine/core';
import { commit } from './cluster/commit.ts';
import { compact } from './cluster/compact.ts';
import { type Context, DEFAULT_RETENTION, type Retention } from './cluster/context.ts';
import { count, create, expired, list, row, update } from './cluster/create.ts';
import { remove } from './cluster/delete.ts';
import { due } from './cluster/due.ts';
import { fork } from './cluster/fork.ts';
import { gc } from './cluster/gc.ts';
import { at, commitsAfter, eventsAfter } from './cluster/history.ts';
import { head, heads, load } from './cluster/load.ts';
import { putTemplate, useTemplate } from './cluster/templates.ts';
import { packLater } from './codec.ts';
import { type Rebase, rebaseTemplate } from './rebase.ts';
import type { Sql } from './sql.ts';
import type { ClusterStore } from './store.ts';

export interface StoreOptions {
  /** Rebuilds the engine's indexes over loaded objects. */
  indexer: Indexer;
  rebase?: Rebase;
  retention?: Partial<Retention>;
  onTailFull?: Context['onTailFull'];
}

export function clusterStore(sql: Sql, options: StoreOptions): ClusterStore {
  const context: Context = {
    sql,
    indexer: options.indexer,
    rebase: options.rebase ?? rebaseTemplate,
    retention: { ...DEFAULT_RETENTION, ...options.retention },
    onTailFull: options.onTailFull ?? (() => {}),
  };
  return {
    create: (cluster) => create(context, cluster),
    row: (id) => row(context, id),
    list: (owner, limit) => list(context, owner, limit),
    count: (owner) => count(context, owner),
    update: (id, patch) => update(context, id, patch),
    delete: (id, instant) => remove(context, id, instant),
    expired: (now, limit) => expired(context, now, limit),
    load: (id) => load(context, id),
    head: (id) => head(context, id),
    heads: (ids) => heads(context, ids),
    commit: (id, baseSeq, delta, wakeAt, atHand) => commit(context, id, baseSeq, delta, wakeAt, atHand),
    pack: (delta) => packLater(encodeDelta(delta)),
    commitsAfter: (id, seq, limit) => commitsAfter(context, id, seq, limit),
    eventsAfter: (id, revision, limit) => eventsAfter(context, id, revision, limit),
    at: (id, revision) => at(context, id, revision),
    fork: (id, revision, made) => fork(context, id, revision, made),
    compact: (id, instant, known) => compact(context, id, instant, known),
    due: (now, limit, leaseMs) => due(context, now, limit, leaseMs),
    gc: (now) => gc(context, now),
    putTemplate: (name, state, instant) => putTemplate(context, name, state, instant),
    useTemplate: (name, instant) => useTemplate(context, name, instant),
  };
}
