import { definition } from '@vivakube/schema';
import { chanceUuid } from '../core/chance.ts';
import { type Instant, toRfc3339 } from '../core/instant.ts';
import { type ObjectKey, objectKey } from '../core/key.ts';
import type { KubeObject, ManagedFieldsEntry } from '../core/object.ts';
import { quoted, whole } from '../core/text.ts';
import type { Txn } from '../core/txn.ts';
import type { RecordOptions } from './controller.ts';
import { correlated } from './correlate.ts';
import { factsOfNew } from './event-facts.ts';
import { taskTold } from './lease.ts';
import { fieldSetOf } from './managed/index.ts';
import { occurrenceId } from './occurrence.ts';
import { eventOf } from './occurrences.ts';

export interface Occurrence extends RecordOptions {
  about: KubeObject;
  type: 'Normal' | 'Warning';
  reason: string;
  message: string;
  component: string;
  manager: string;
}

/**
 * Emits or counts up a core/v1 Event. Models client-go tools/record: one object per (source, object, type, reason, message).
 * Events are most of what a busy cluster writes and always of this one shape, so they are put as they are, without the checks
 * that a user's object goes through.
 */
export function record(txn: Txn, happened: Occurrence): void {
  const occurrence = happened.nth === undefined ? happened : correlated(txn, happened, happened.nth);
  if (!occurrence) return;
  const { about, type, reason, message, component, host = '', fieldPath = '' } = occurrence;
  const namespace = about.metadata.namespace ?? 'default';
  const home = txn.get(objectKey('core/namespaces', '', namespace));
  if (!home || home.metadata.deletionTimestamp) return;
  const id = whole(occurrenceId({ namespace, uid: about.metadata.uid ?? '', type, reason, message, component, host, fieldPath }));
  const knownKey = eventOf(txn, id);
  if (knownKey === undefined) tellFirst(txn, occurrence, namespace, id);
  else tellAgain(txn, occurrence, knownKey);
}

function tellAgain(txn: Txn, occurrence: Occurrence, key: ObjectKey): void {
  const before = txn.get(key) as KubeObject;
  const time = toRfc3339(txn.now);
  const managedFields = JSON.parse(managedText(occurrence, time)) as ManagedFieldsEntry[];
  txn.put(key, {
    ...before,
    metadata: { ...before.metadata, managedFields },
    message: occurrence.message,
    count: (before.count ?? 1) + 1,
    lastTimestamp: time,
  });
}

function tellFirst(txn: Txn, occurrence: Occurrence, namespace: string, id: string): void {
  const task = taskTold(namespace, occurrence.about.kind, occurrence.about.metadata.name);
  const name = `${occurrence.about.metadata.name}.${eventSerial(txn.now, txn.nextRevision)}`;
  txn.putWritten(objectKey('core/events', namespace, name), whole(eventText(txn, occurrence, namespace, name)), factsOfNew(id, txn.now, task));
}

/** Names sort as events happened: upstream's are nanoseconds in hexadecimal, and the revision keeps those of one instant apart. */
export const eventSerial = (at: Instant, revision: number): string => (BigInt(at) * 1_000_000n + BigInt(revision % 1_000_000)).toString(16);

/** An Event as the text that it is stored as: hardly any is ever read as an object by the cluster itself. */
function eventText(txn: Txn, occurrence: Occurrence, namespace: string, name: string): string {
  const { reason, message, type, component, host = '' } = occurrence;
  const time = toRfc3339(txn.now);
  const revision = txn.nextRevision;
  const source = host ? `{"component":${quoted(component)},"host":${quoted(host)}}` : `{"component":${quoted(component)}}`;
  return `{"kind":"Event","apiVersion":"v1","metadata":{"name":${quoted(name)},"namespace":${quoted(namespace)},"uid":"${chanceUuid(txn.seed, 'uid', revision)}","creationTimestamp":"${time}","managedFields":${managedText(occurrence, time)},"resourceVersion":"${revision}"},"involvedObject":${involvedText(occurrence)},"reason":${quoted(reason)},"message":${quoted(message)},"source":${source},"firstTimestamp":"${time}","lastTimestamp":"${time}","count":1,"type":"${type}","eventTime":null,"reportingComponent":${quoted(component)},"reportingInstance":${quoted(host)}}`;
}

function involvedText({ about, fieldPath }: Occurrence): string {
  const { kind, apiVersion, metadata } = about;
  const { namespace, name = '', uid, resourceVersion } = metadata;
  const where = namespace ? `"namespace":${quoted(namespace)},` : '';
  const who = uid ? `"uid":"${uid}",` : '';
  const version = resourceVersion ? `,"resourceVersion":"${resourceVersion}"` : '';
  const part = fieldPath ? `,"fieldPath":${quoted(fieldPath)}` : '';
  return `{"kind":"${kind}",${where}"name":${quoted(name)},${who}"apiVersion":"${apiVersion}"${version}${part}}`;
}

/** `fieldsV1` by which optional fields there are: every Event of one shape owns the same fields. */
const shapes = new Map<string, string>();

function managedText(occurrence: Occurrence, time: string): string {
  const { about, manager, host, fieldPath } = occurrence;
  const shape = `${about.metadata.namespace ? 'n' : ''}${host ? 'h' : ''}${fieldPath ? 'f' : ''}`;
  let fields = shapes.get(shape);
  if (fields === undefined) {
    fields = JSON.stringify(fieldsOf(occurrence));
    shapes.set(shape, fields);
  }
  return `[{"manager":${quoted(manager)},"operation":"Update","apiVersion":"v1","time":"${time}","fieldsType":"FieldsV1","fieldsV1":${fields}}]`;
}

function fieldsOf({ about, host, fieldPath }: Occurrence): object {
  const involvedObject = {
    kind: 'k',
    name: 'n',
    uid: 'u',
    apiVersion: 'v1',
    resourceVersion: '1',
    ...(about.metadata.namespace ? { namespace: 'x' } : {}),
    ...(fieldPath ? { fieldPath: 'x' } : {}),
  };
  const event = {
    kind: 'Event',
    apiVersion: 'v1',
    metadata: {},
    involvedObject,
    reason: 'r',
    message: 'm',
    source: { component: 'c', ...(host ? { host } : {}) },
    firstTimestamp: 't',
    lastTimestamp: 't',
    count: 1,
    type: 'Normal',
    reportingComponent: 'c',
    ...(host ? { reportingInstance: host } : {}),
  };
  return fieldSetOf(event, definition('core.v1.Event')) as object;
}
