import type { Definition } from '@vivakube/schema';
import type { KubeObject, ManagedFieldsEntry } from '../../core/object.ts';
import { compare } from './compare.ts';
import { capUpdates, compareEntries, decodeEntries, type Entries, type Identity, isReset, isSame, makeEntry, setOf, withFields } from './entries.ts';
import { canonical, difference, EMPTY_SET, type FieldSet, isEmpty, recursiveDifference, union } from './fieldSet.ts';
import { shareParts } from './share.ts';

export interface Update {
  /** Absent on create. */
  old: KubeObject | undefined;
  /** As the client wants it: with defaults, before the server fills in what it decides by itself. */
  new: KubeObject;
  manager: string;
  apiVersion: string;
  /** RFC 3339, whole seconds. */
  time: string;
  /** '' for the object itself. */
  subresource?: string;
  definition: Definition;
  /** What a write through this door cannot change: status for the object itself, spec for its status. */
  resetFields?: FieldSet;
}

export const RESET_STATUS: FieldSet = { 'f:status': EMPTY_SET };
export const RESET_SPEC: FieldSet = { 'f:spec': EMPTY_SET };

/**
 * The managedFields after a create, update, patch or status write. The same list as before where nothing about it changed.
 * Models k8s.io/apimachinery/pkg/util/managedfields/internal/fieldmanager.go and structured-merge-diff's Updater.Update.
 */
export function trackUpdate(update: Update): ManagedFieldsEntry[] | undefined {
  const { old, definition } = update;
  const subresource = update.subresource ?? '';
  const known = knownEntries(old?.metadata.managedFields, update.new.metadata.managedFields, subresource);
  // Nobody tracks an object whose managers were forgotten, until it is applied.
  if (known.length === 0 && old !== undefined) return undefined;
  const { added, modified, removed } = compare(old, update.new, definition);
  if (isEmpty(added) && isEmpty(modified) && isEmpty(removed)) return known as ManagedFieldsEntry[];
  // What this door does not let through changes hands for nobody. Models Comparison.ExcludeFields.
  const passing = (set: FieldSet): FieldSet => (update.resetFields === undefined ? set : recursiveDifference(set, update.resetFields));
  const changed = passing(union(added, modified));
  const identity: Identity = { manager: update.manager, operation: 'Update', apiVersion: update.apiVersion, subresource };
  return claim(known, identity, { changed, removed: passing(removed) }, update.time);
}

/** What the object has, unless the client sends a list of its own. A list that is no list is ignored; so is one sent to a subresource. */
function knownEntries(old: Entries | undefined, sent: Entries | undefined, subresource: string): Entries {
  if (sent === old || sent === undefined || subresource !== '') return old ?? [];
  if (isReset(sent)) return [];
  const decoded = decodeEntries(sent);
  return typeof decoded === 'string' || decoded.length === 0 ? (old ?? []) : decoded;
}

interface Claim {
  /** The writer's from now on, and nobody else's. */
  changed: FieldSet;
  removed: FieldSet;
}

function claim(known: Entries, identity: Identity, { changed, removed }: Claim, time: string): ManagedFieldsEntry[] {
  const entries: ManagedFieldsEntry[] = [];
  let own: ManagedFieldsEntry | undefined;
  for (const entry of known) {
    const before = setOf(entry);
    if (own === undefined && !isEmpty(changed) && isSame(entry, identity)) {
      own = makeEntry(identity, union(difference(before, removed), changed), time);
      entries.push(own);
      continue;
    }
    const kept = difference(difference(before, changed), removed);
    if (kept === before) entries.push(entry);
    else if (!isEmpty(kept)) entries.push(withFields(entry, kept));
  }
  if (own === undefined && !isEmpty(changed)) entries.push(makeEntry(identity, shareParts(canonical(changed)), time));
  const capped = capUpdates(entries).sort(compareEntries);
  return capped.length === known.length && capped.every((entry, i) => entry === known[i]) ? (known as ManagedFieldsEntry[]) : capped;
}
