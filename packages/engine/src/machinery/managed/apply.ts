import type { Definition } from '@vivakube/schema';
import { equalJson } from '../../core/json.ts';
import type { KubeObject, ManagedFieldsEntry } from '../../core/object.ts';
import { ApiError, badRequest } from '../status.ts';
import { compare, OWNERLESS } from './compare.ts';
import { type Conflict, conflictError, exceptFor } from './conflict.ts';
import { compareEntries, decodeEntries, type Identity, isSame, makeEntry, setOf, withFields } from './entries.ts';
import { canonical, difference, equalSets, type FieldSet, intersection, isEmpty, recursiveDifference, union } from './fieldSet.ts';
import { fieldSetOf } from './fromObject.ts';
import { MIGRATING_MANAGER, takenByLastApplied, withLastApplied } from './lastApplied.ts';
import { mergeApplied } from './merge.ts';
import { prune } from './prune.ts';
import { shareParts } from './share.ts';
import { trackUpdate } from './track.ts';
import { appliedFindings, refuseUntyped } from './validateApplied.ts';

export interface Apply {
  /** Absent when the apply creates the object. */
  live: KubeObject | undefined;
  /** The configuration as it was sent, without defaults. */
  applied: KubeObject;
  manager: string;
  force: boolean;
  definition: Definition;
  apiVersion: string;
  kind: string;
  /** RFC 3339, whole seconds. */
  time: string;
  subresource?: string;
  resetFields?: FieldSet;
}

export interface Applied {
  /** Merged, with its managedFields; no defaults are filled in yet. The live object itself where nothing changed at all. */
  object: KubeObject;
  managedFields: ManagedFieldsEntry[];
}

/** Server-side apply. Models structured-merge-diff's Updater.Apply and the field managers around it. */
export function applyServerSide(apply: Apply): Applied {
  const { live, definition, manager, time } = apply;
  refuseUnfit(apply);
  const known = ownersOf(apply);
  const base = live === undefined ? startOf(apply.applied) : withoutManagedFields(live);
  let outcome = merge(apply, base, known);
  if (outcome.conflicts.length > 0 && !apply.force) {
    const allowed = manager === MIGRATING_MANAGER && live !== undefined ? takenByLastApplied(live, apply.apiVersion, definition) : undefined;
    const conflicts = allowed === undefined ? outcome.conflicts : exceptFor(outcome.conflicts, allowed);
    if (conflicts.length > 0) throw conflictError(conflicts);
  }
  const changed = !equalJson(outcome.object, base);
  if (!changed) outcome = { ...outcome, object: base };
  const managedFields = settle(outcome, known, identityOf(apply), changed || live === undefined ? time : undefined);
  const object = manager === MIGRATING_MANAGER ? withLastApplied(outcome.object, apply.applied) : outcome.object;
  if (live !== undefined && managedFields === live.metadata.managedFields && equalJson(object, base)) return { object: live, managedFields };
  return { object: { ...object, metadata: { ...object.metadata, managedFields } }, managedFields };
}

const identityOf = ({ manager, apiVersion, subresource }: Apply): Identity => ({
  manager,
  operation: 'Apply',
  apiVersion,
  subresource: subresource ?? '',
});

const startOf = ({ apiVersion, kind }: KubeObject): KubeObject => ({ apiVersion, kind, metadata: {} });

function withoutManagedFields(object: KubeObject): KubeObject {
  const { managedFields: _, ...metadata } = object.metadata;
  return { ...object, metadata };
}

const groupVersionKind = (apiVersion = '', kind = ''): string => `${apiVersion.includes('/') ? apiVersion : `/${apiVersion}`}, Kind=${kind}`;

function refuseUnfit({ applied, apiVersion, kind, definition }: Apply): void {
  const gvk = groupVersionKind(applied.apiVersion, applied.kind);
  if (applied.apiVersion !== apiVersion || applied.kind !== kind) throw badRequest(`invalid object type: ${gvk}`);
  if (applied.metadata.managedFields !== undefined && applied.metadata.managedFields !== null) throw badRequest('metadata.managedFields must be nil');
  const findings = appliedFindings(applied, definition);
  if (findings.length === 0) return;
  const { name = '', namespace = '' } = applied.metadata;
  throw refuseUntyped(findings, `${namespace}/${name}; ${gvk}`);
}

/** Who owns what of the live object; where nobody was tracked, everything belongs to `before-first-apply`. Models skipnonapplied.go. */
function ownersOf({ live, definition, apiVersion, time }: Apply): readonly ManagedFieldsEntry[] {
  if (live === undefined) return [];
  const entries = live.metadata.managedFields ?? [];
  const decoded = decodeEntries(entries);
  if (typeof decoded === 'string') throw new ApiError(500, '', `failed to decode managed fields: ${decoded}`);
  if (entries.length > 0) return entries;
  return trackUpdate({ old: undefined, new: withoutManagedFields(live), manager: 'before-first-apply', apiVersion, time, definition }) ?? [];
}

interface Outcome {
  object: KubeObject;
  set: FieldSet;
  conflicts: Conflict[];
  /** Taken from, or gone for, the other owners. */
  lost: FieldSet;
}

function merge(apply: Apply, base: KubeObject, known: readonly ManagedFieldsEntry[]): Outcome {
  const { applied, definition, resetFields } = apply;
  const identity = identityOf(apply);
  const spoken = fieldSetOf(applied, definition);
  const set = canonical(resetFields === undefined ? spoken : recursiveDifference(spoken, resetFields));
  const mine = known.find((entry) => isSame(entry, identity));
  const others = known.filter((entry) => entry !== mine);
  const owned = others.reduce<FieldSet>((all, entry) => union(all, setOf(entry)), set);
  const merged = mergeApplied(base, applied, definition);
  const object = (mine === undefined ? merged : prune(merged, setOf(mine), set, owned, definition)) as KubeObject;
  const { added, modified, removed } = compare(base, object, definition);
  const changed = union(added, modified);
  const conflicts = others
    .map((owner) => ({ owner, fields: canonical(intersection(setOf(owner), changed)) }))
    .filter(({ fields }) => !isEmpty(fields));
  return { object, set: difference(set, OWNERLESS), conflicts, lost: union(changed, removed) };
}

/** @param time absent where the object did not change: then nothing is younger than before. */
function settle({ set, lost }: Outcome, known: readonly ManagedFieldsEntry[], identity: Identity, time: string | undefined): ManagedFieldsEntry[] {
  const entries: ManagedFieldsEntry[] = [];
  const before = known.find((entry) => isSame(entry, identity));
  for (const entry of known) {
    if (entry === before) continue;
    const kept = difference(setOf(entry), lost);
    if (kept === setOf(entry)) entries.push(entry);
    else if (!isEmpty(kept)) entries.push(withFields(entry, kept));
  }
  if (!isEmpty(set)) entries.push(renewed(before, identity, set, time));
  entries.sort(compareEntries);
  return entries.length === known.length && entries.every((entry, i) => entry === known[i]) ? (known as ManagedFieldsEntry[]) : entries;
}

function renewed(before: ManagedFieldsEntry | undefined, identity: Identity, set: FieldSet, time: string | undefined): ManagedFieldsEntry {
  if (before === undefined) return makeEntry(identity, shareParts(set), time);
  const fields = equalSets(setOf(before), set) ? setOf(before) : set;
  if (fields === setOf(before) && before.apiVersion === identity.apiVersion && (time === undefined || time === before.time)) return before;
  return makeEntry(identity, fields, time ?? before.time);
}
