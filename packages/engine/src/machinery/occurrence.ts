import type { KubeObject } from '../core/object.ts';

/** What makes two Events the same one that happened again. Models getEventKey of client-go tools/record/events_cache.go. */
export interface OccurrenceFields {
  namespace: string;
  uid: string;
  type: string;
  reason: string;
  message: string;
  component: string;
  host: string;
  fieldPath: string;
}

/** How the message of an Event begins that stands for occurrences with several messages; it is the same one whatever follows. */
export const COMBINED = '(combined from similar events): ';

export const occurrenceId = ({ namespace, uid, type, reason, message, component, host, fieldPath }: OccurrenceFields): string =>
  `${namespace}\u0000${uid}\u0000${type}\u0000${reason}\u0000${component}\u0000${host}\u0000${fieldPath}\u0000${message.startsWith(COMBINED) ? COMBINED : message}`;

export const occurrenceOf = ({ metadata, involvedObject, type, reason, message, source }: KubeObject): string =>
  occurrenceId({
    namespace: metadata.namespace ?? '',
    uid: involvedObject?.uid ?? '',
    type: type ?? '',
    reason: reason ?? '',
    message: message ?? '',
    component: source?.component ?? '',
    host: source?.host ?? '',
    fieldPath: involvedObject?.fieldPath ?? '',
  });
