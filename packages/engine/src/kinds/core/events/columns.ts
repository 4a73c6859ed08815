import type { Instant } from '../../../core/instant.ts';
import type { KubeObject } from '../../../core/object.ts';
import { ageSince } from '../../../machinery/age.ts';
import type { Column } from '../../../machinery/kind.ts';
import { nameColumn, text, wide } from '../../cells/standard.ts';

// Models printEvent of pkg/printers/internalversion.
const firstSeen = (event: KubeObject, now: Instant): string => ageSince(event.firstTimestamp ?? event.eventTime, now);

function lastSeen(event: KubeObject, now: Instant): string {
  if (event.series) return ageSince(event.series.lastObservedTime, now);
  return event.lastTimestamp ? ageSince(event.lastTimestamp, now) : firstSeen(event, now);
}

function involved(event: KubeObject): string {
  const { kind = '', name = '' } = event.involvedObject ?? {};
  return name === '' ? kind.toLowerCase() : `${kind.toLowerCase()}/${name}`;
}

function source(event: KubeObject): string {
  const component: string = event.source?.component || event.reportingComponent || '';
  const host: string = event.source?.host || event.reportingInstance || '';
  return host === '' ? component : `${component}, ${host}`;
}

export const columns: Column<KubeObject>[] = [
  text('Last Seen', 'The time at which the most recent occurrence of this event was recorded.', (e, { now }) => lastSeen(e, now)),
  text('Type', 'Type of this event (Normal, Warning), new types could be added in the future', (e) => e.type ?? ''),
  text(
    'Reason',
    "This should be a short, machine understandable string that gives the reason for the transition into the object's current status.",
    (e) => e.reason ?? '',
  ),
  text('Object', 'The object that this event is about.', involved),
  wide(
    text(
      'Subobject',
      'If referring to a piece of an object instead of an entire object, this string should contain a valid JSON/Go field access statement, such as desiredState.manifest.containers[2]. For example, if the object reference is to a container within a pod, this would take on a value like: "spec.containers{name}" (where "name" refers to the name of the container that triggered the event) or if no container name is specified "spec.containers[2]" (container with index 2 in this pod). This syntax is chosen only to have some well-defined way of referencing a part of an object.',
      (e) => e.involvedObject?.fieldPath ?? '',
    ),
  ),
  wide(text('Source', 'The component reporting this event. Should be a short machine understandable string.', source)),
  text('Message', 'A human-readable description of the status of this operation.', (e) => (e.message ?? '').trim()),
  wide(
    text('First Seen', 'The time at which the event was first recorded. (Time of server receipt is in TypeMeta.)', (e, { now }) => firstSeen(e, now)),
  ),
  wide(text('Count', 'The number of times this event has occurred.', (e) => e.series?.count ?? (e.count || 1))),
  wide(nameColumn),
];
