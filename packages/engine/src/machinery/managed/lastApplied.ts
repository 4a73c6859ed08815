import type { Definition } from '@vivakube/schema';
import type { KubeObject } from '../../core/object.ts';
import { compare } from './compare.ts';
import { difference, type FieldSet, union } from './fieldSet.ts';
import { fieldSetOf } from './fromObject.ts';
import { appliedFindings } from './validateApplied.ts';

export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
const ANNOTATIONS_BYTES_MAX = 256 * 1024;

/** Only `kubectl apply --server-side` under its own name moves over from client-side apply. */
export const MIGRATING_MANAGER = 'kubectl';

/**
 * Fields that client-side apply set and nobody changed since: those may be taken without force.
 * Models k8s.io/apimachinery/pkg/util/managedfields/internal/lastappliedmanager.go.
 */
export function takenByLastApplied(live: KubeObject, apiVersion: string, definition: Definition): FieldSet | undefined {
  const text = live.metadata.annotations?.[LAST_APPLIED];
  if (!text) return undefined;
  const last = parseObject(text);
  if (last === undefined || last.apiVersion !== apiVersion || appliedFindings(last, definition).length > 0) return undefined;
  const { added, modified, removed } = compare(last, live, definition);
  return difference(fieldSetOf(last, definition), union(union(added, modified), removed));
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The object with its last-applied annotation brought up to what is applied now, if it has one. Models lastappliedupdater.go. */
export function withLastApplied(object: KubeObject, applied: KubeObject): KubeObject {
  const annotations = object.metadata.annotations;
  if (!annotations?.[LAST_APPLIED]) return object;
  const { [LAST_APPLIED]: _, ...others } = annotations;
  const text = `${sortedJson(configurationOf(applied))}\n`;
  let bytes = 0;
  for (const [key, value] of Object.entries(others)) bytes += key.length + value.length;
  const fits = bytes + LAST_APPLIED.length + text.length <= ANNOTATIONS_BYTES_MAX;
  return { ...object, metadata: { ...object.metadata, annotations: fits ? { ...others, [LAST_APPLIED]: text } : others } };
}

function configurationOf(applied: KubeObject): object {
  const { managedFields: _, annotations, ...metadata } = applied.metadata;
  if (annotations === undefined) return { ...applied, metadata };
  const { [LAST_APPLIED]: __, ...rest } = annotations;
  return { ...applied, metadata: Object.keys(rest).length > 0 ? { ...metadata, annotations: rest } : metadata };
}

function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_, child: unknown) => {
    if (typeof child !== 'object' || child === null || Array.isArray(child)) return child;
    return Object.fromEntries(Object.entries(child).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
