import { toRfc3339 } from '../../core/instant.ts';
import type { ObjectKey } from '../../core/key.ts';
import type { KubeObject } from '../../core/object.ts';
import type { DeleteOptions } from '../controller.ts';
import type { KindDefinition } from '../kind.ts';
import type { WriteContext } from '../machine.ts';
import { conflict } from '../status.ts';
import { validateAdmission } from './admit.ts';

const ORPHAN = 'orphan';
const FOREGROUND = 'foregroundDeletion';

export interface Removal {
  /** The object as it is now, or as it was last. */
  object: KubeObject;
  /** Whether it is gone already. */
  gone: boolean;
}

/**
 * DELETE of one object: at once, gracefully, or after its finalizers.
 * Models registry/generic/registry/store.go (Delete, updateForGracefulDeletionAndFinalizers) and registry/rest/delete.go (BeforeDelete).
 */
export function removeObject(context: WriteContext, kind: KindDefinition, key: ObjectKey, options: DeleteOptions): Removal {
  if (kind.converts) return removeObject(context, kind.converts.storage, key, options);
  const { txn, machine } = context;
  const old = txn.get(key) as KubeObject;
  checkPreconditions(kind, old, options);
  validateAdmission(machine, {
    operation: 'DELETE',
    kind,
    subresource: '',
    namespace: old.metadata.namespace ?? '',
    name: old.metadata.name as string,
    object: undefined,
    old,
    user: context.user,
    dryRun: context.dryRun,
    txn,
    warnings: context.warnings,
  });
  const graceSeconds = grace(context, kind, old, options);
  const finalizers = finalizersFor(kind, old, options);
  const held = (kind.holdsDeletion?.(old) ?? false) || finalizers.length > 0;
  if (!held && graceSeconds === 0) {
    txn.remove(key);
    return { object: old, gone: true };
  }
  const marked = mark(context, kind, old, graceSeconds, finalizers);
  return { object: marked === old ? old : txn.put(key, marked), gone: false };
}

function checkPreconditions(kind: KindDefinition, old: KubeObject, { uid, resourceVersion }: DeleteOptions): void {
  const name = old.metadata.name as string;
  if (uid !== undefined && uid !== old.metadata.uid) {
    throw conflict(
      kind.group,
      kind.plural,
      name,
      `the UID in the precondition (${uid}) does not match the UID in record (${old.metadata.uid}). The object might have been deleted and then recreated`,
    );
  }
  if (resourceVersion !== undefined && resourceVersion !== old.metadata.resourceVersion) {
    throw conflict(
      kind.group,
      kind.plural,
      name,
      `the ResourceVersion in the precondition (${resourceVersion}) does not match the ResourceVersion in record (${old.metadata.resourceVersion}). The object might have been modified`,
    );
  }
}

function grace({ txn }: WriteContext, kind: KindDefinition, old: KubeObject, options: DeleteOptions): number {
  if (!kind.gracePeriodSeconds) return 0;
  const asked = kind.gracePeriodSeconds(old, options.gracePeriodSeconds, { view: txn, now: txn.now, seed: txn.seed });
  const running = old.metadata.deletionTimestamp === undefined ? undefined : (old.metadata.deletionGracePeriodSeconds ?? 0);
  // A second delete may shorten the wait, never lengthen it.
  return running === undefined || asked < running ? asked : running;
}

/** Models deletionFinalizersForGarbageCollection: what the caller asks for replaces what was asked before. */
function finalizersFor(kind: KindDefinition, old: KubeObject, options: DeleteOptions): string[] {
  const present = old.metadata.finalizers ?? [];
  const others = present.filter((f) => f !== ORPHAN && f !== FOREGROUND);
  const policy = options.propagationPolicy;
  if (policy === 'Orphan') return [...others, ORPHAN];
  if (policy === 'Foreground') return [...others, FOREGROUND];
  if (policy === 'Background') return others;
  if (present.length > others.length) return [...present];
  return kind.defaultPropagation === 'Orphan' ? [...others, ORPHAN] : others;
}

function mark({ txn }: WriteContext, kind: KindDefinition, old: KubeObject, graceSeconds: number, finalizers: string[]): KubeObject {
  const meta = old.metadata;
  const already = meta.deletionTimestamp !== undefined;
  const sameFinalizers = finalizers.length === (meta.finalizers?.length ?? 0) && finalizers.every((f, i) => f === meta.finalizers?.[i]);
  if (already && sameFinalizers && meta.deletionGracePeriodSeconds === graceSeconds) return old;
  const { finalizers: _finalizers, ...rest } = meta;
  const marked: KubeObject = {
    ...old,
    metadata: {
      ...rest,
      ...(kind.generation || meta.generation !== undefined ? { generation: (meta.generation ?? 0) + (already ? 0 : 1) } : {}),
      deletionTimestamp:
        already && meta.deletionGracePeriodSeconds === graceSeconds ? meta.deletionTimestamp : toRfc3339(txn.now + graceSeconds * 1000),
      deletionGracePeriodSeconds: graceSeconds,
      ...(finalizers.length > 0 ? { finalizers } : {}),
    },
  };
  return kind.prepareForDelete?.(marked) ?? marked;
}
