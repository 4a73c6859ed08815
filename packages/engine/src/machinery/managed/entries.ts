import type { ManagedFieldsEntry } from '../../core/object.ts';
import { canonical, type FieldSet, type MutableSet, union } from './fieldSet.ts';

/** managedFields as a list of entries; each is immutable and kept by identity as long as nothing about it changes. */
export type Entries = readonly ManagedFieldsEntry[];

export interface Identity {
  manager: string;
  operation: 'Apply' | 'Update';
  apiVersion: string;
  subresource: string;
}

export const setOf = (entry: ManagedFieldsEntry): FieldSet => entry.fieldsV1 as FieldSet;

/** Appliers are the same whatever version they apply. Models BuildManagerIdentifier. */
export function isSame(entry: ManagedFieldsEntry, { manager, operation, apiVersion, subresource }: Identity): boolean {
  if ((entry.manager ?? '') !== manager || entry.operation !== operation || (entry.subresource ?? '') !== subresource) return false;
  return operation === 'Apply' || entry.apiVersion === apiVersion;
}

export function makeEntry({ manager, operation, apiVersion, subresource }: Identity, fields: FieldSet, time: string | undefined): ManagedFieldsEntry {
  const entry: ManagedFieldsEntry = manager === '' ? { operation, apiVersion } : { manager, operation, apiVersion };
  if (time !== undefined) entry.time = time;
  entry.fieldsType = 'FieldsV1';
  entry.fieldsV1 = fields as Record<string, unknown>;
  if (subresource !== '') entry.subresource = subresource;
  return entry;
}

export const withFields = (entry: ManagedFieldsEntry, fields: FieldSet): ManagedFieldsEntry => ({
  ...entry,
  fieldsV1: fields as Record<string, unknown>,
});

const compareText = (a: string | undefined, b: string | undefined): number => ((a ?? '') < (b ?? '') ? -1 : (a ?? '') > (b ?? '') ? 1 : 0);

/** Appliers first, then by age. Models sortEncodedManagedFields. */
export function compareEntries(a: ManagedFieldsEntry, b: ManagedFieldsEntry): number {
  return (
    compareText(a.operation, b.operation) ||
    compareText(a.time, b.time) ||
    compareText(a.manager, b.manager) ||
    compareText(a.apiVersion, b.apiVersion) ||
    compareText(a.subresource, b.subresource)
  );
}

/** Upstream's name for an entry's owner, by which it orders owners. */
export function identifierOf(entry: ManagedFieldsEntry): string {
  const { manager, operation, apiVersion, subresource } = entry;
  return JSON.stringify({
    manager: manager || undefined,
    operation,
    apiVersion: operation === 'Apply' ? undefined : apiVersion,
    subresource: subresource || undefined,
  });
}

const UPDATE_MANAGERS_MAX = 10;

/** Merges the oldest updates of the same version until few enough are left. Models capmanagers.go. */
export function capUpdates(entries: ManagedFieldsEntry[]): ManagedFieldsEntry[] {
  const updates = entries.filter((entry) => entry.operation === 'Update');
  let excess = updates.length - UPDATE_MANAGERS_MAX;
  if (excess <= 0) return entries;
  updates.sort((a, b) => compareText(a.time, b.time) || compareText(identifierOf(a), identifierOf(b)));
  const firsts = new Map<string, ManagedFieldsEntry>();
  const gone = new Set<ManagedFieldsEntry>();
  const buckets = new Map<string, ManagedFieldsEntry>();
  for (const entry of updates) {
    if (excess <= 0) break;
    const version = entry.apiVersion ?? '';
    const into = buckets.get(version) ?? firsts.get(version);
    if (into === undefined) {
      firsts.set(version, entry);
      continue;
    }
    const identity: Identity = { manager: 'ancient-changes', operation: 'Update', apiVersion: version, subresource: '' };
    gone.add(into).add(entry);
    buckets.set(version, makeEntry(identity, union(setOf(into), setOf(entry)), entry.time));
    excess--;
  }
  return [...entries.filter((entry) => !gone.has(entry)), ...[...buckets.values()].filter((entry) => !gone.has(entry))];
}

/** Asks for managedFields to be forgotten: an empty list, or one empty entry. */
export const isReset = (entries: Entries | undefined): boolean =>
  entries !== undefined && (entries.length === 0 || (entries.length === 1 && Object.keys(entries[0] as object).length === 0));

/** What a client sent, checked; or the reason why it is none. Models DecodeManagedFields. */
export function decodeEntries(entries: Entries): ManagedFieldsEntry[] | string {
  const decoded = new Map<string, ManagedFieldsEntry>();
  for (const [i, entry] of entries.entries()) {
    if (entry.operation !== 'Apply' && entry.operation !== 'Update') return 'operation must be `Apply` or `Update`';
    if (!entry.apiVersion) return 'apiVersion must not be empty';
    if (!entry.fieldsType) return `missing fieldsType in managed fields entry ${i}`;
    if (entry.fieldsType !== 'FieldsV1') return `invalid fieldsType ${JSON.stringify(entry.fieldsType)} in managed fields entry ${i}`;
    const fields = decodeSet(entry.fieldsV1 ?? {});
    if (fields === undefined) return `error decoding set in managed fields entry ${i}`;
    decoded.set(identifierOf(entry), withFields(entry, canonical(fields)));
  }
  return [...decoded.values()];
}

function decodeSet(data: unknown): FieldSet | undefined {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return undefined;
  const out: MutableSet = {};
  for (const [element, child] of Object.entries(data)) {
    if (!isElement(element)) return undefined;
    const inner = decodeSet(child);
    if (inner === undefined) return undefined;
    out[element] = inner;
  }
  return out;
}

function isElement(element: string): boolean {
  if (element === '.' || element.startsWith('f:')) return true;
  if (element.startsWith('i:')) return /^i:-?\d+$/.test(element);
  if (!element.startsWith('k:') && !element.startsWith('v:')) return false;
  try {
    const value: unknown = JSON.parse(element.slice(2));
    return element.startsWith('v:') || (typeof value === 'object' && value !== null && !Array.isArray(value));
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
