import { hash32 } from '../core/chance.ts';
import type { KubeObject } from '../core/object.ts';

/** What makes two Events the same one that happened again. Models getEventKey of client-go tools/record/events_cache.go. */
export interface OccurrenceFields {
  uid: string;
  type: string;
  reason: string;
  message: string;
  component: string;
  host: string;
  fieldPath: string;
}

const hex = (value: number): string => value.toString(16).padStart(8, '0');

export function occurrenceId({ uid, type, reason, message, component, host, fieldPath }: OccurrenceFields): string {
  const text = `${uid}\u0000${type}\u0000${reason}\u0000${message}\u0000${component}\u0000${host}\u0000${fieldPath}`;
  return hex(hash32(text, 1)) + hex(hash32(text, 2));
}

const known = new WeakMap<KubeObject, string>();

/** Of an event that was just made from these fields. */
export function rememberOccurrence(event: KubeObject, id: string): KubeObject {
  known.set(event, id);
  return event;
}

export const occurrenceOf = (event: KubeObject): string => known.get(event) ?? readOccurrence(event);

const readOccurrence = ({ involvedObject, type, reason, message, source }: KubeObject): string =>
  occurrenceId({
    uid: involvedObject?.uid ?? '',
    type: type ?? '',
    reason: reason ?? '',
    message: message ?? '',
    component: source?.component ?? '',
    host: source?.host ?? '',
    fieldPath: involvedObject?.fieldPath ?? '',
  });
