import { definition } from '@vivakube/schema';
import { chanceUuid } from '../core/chance.ts';
import { type Instant, toRfc3339 } from '../core/instant.ts';
import { objectKey } from '../core/key.ts';
import type { KubeObject, ManagedFieldsEntry } from '../core/object.ts';
import type { Txn } from '../core/txn.ts';
import type { RecordOptions } from './controller.ts';
import { rememberLease } from './leases.ts';
import { fieldSetOf } from './managed/index.ts';
import { occurrenceId, rememberOccurrence } from './occurrence.ts';
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
export function record(txn: Txn, occurrence: Occurrence): void {
  const { about } = occurrence;
  const namespace = about.metadata.namespace ?? 'default';
  const home = txn.get(objectKey('core/namespaces', '', namespace));
  if (!home || home.metadata.deletionTimestamp) return;
  const id = idOf(occurrence);
  const knownKey = eventOf(txn, namespace, id);
  const time = toRfc3339(txn.now);
  if (knownKey !== undefined) {
    const before = txn.get(knownKey) as KubeObject;
    const metadata = { ...before.metadata, managedFields: managed(occurrence, time) };
    const again = { ...before, metadata, count: (before.count ?? 1) + 1, lastTimestamp: time };
    txn.put(knownKey, known(again, id, txn.now));
    return;
  }
  const name = `${about.metadata.name}.${eventSerial(txn.now, txn.nextRevision)}`;
  const key = objectKey('core/events', namespace, name);
  txn.put(key, known(newEvent(txn, occurrence, namespace, name, time), id, txn.now));
}

/** What others would have to read out of the event is known here. */
const known = (event: KubeObject, id: string, now: Instant): KubeObject => rememberLease(rememberOccurrence(event, id), now);

/** Names sort as events happened: upstream's are nanoseconds in hexadecimal, and the revision keeps those of one instant apart. */
export const eventSerial = (at: Instant, revision: number): string => (BigInt(at) * 1_000_000n + BigInt(revision % 1_000_000)).toString(16);

const idOf = ({ about, type, reason, message, component, host = '', fieldPath = '' }: Occurrence): string =>
  occurrenceId({ uid: about.metadata.uid ?? '', type, reason, message, component, host, fieldPath });

function newEvent(txn: Txn, occurrence: Occurrence, namespace: string, name: string, time: string): KubeObject {
  const { about, reason, message, type, component, host, fieldPath } = occurrence;
  return {
    kind: 'Event',
    apiVersion: 'v1',
    metadata: {
      name,
      namespace,
      uid: chanceUuid(txn.seed, 'uid', txn.nextRevision),
      creationTimestamp: time,
      managedFields: managed(occurrence, time),
    },
    involvedObject: {
      kind: about.kind,
      ...(about.metadata.namespace ? { namespace: about.metadata.namespace } : {}),
      name: about.metadata.name,
      uid: about.metadata.uid,
      apiVersion: about.apiVersion,
      resourceVersion: about.metadata.resourceVersion,
      ...(fieldPath ? { fieldPath } : {}),
    },
    reason,
    message,
    source: { component, ...(host ? { host } : {}) },
    firstTimestamp: time,
    lastTimestamp: time,
    count: 1,
    type,
    eventTime: null,
    reportingComponent: component,
    reportingInstance: host ?? '',
  };
}

const shapes = new Map<string, Record<string, unknown>>();

/** Every event of one shape owns the same fields, so the set is worked out once for each. */
function managed({ about, manager, host, fieldPath }: Occurrence, time: string): ManagedFieldsEntry[] {
  const shape = `${about.metadata.namespace ? 'n' : ''}${host ? 'h' : ''}${fieldPath ? 'f' : ''}`;
  let fieldsV1 = shapes.get(shape);
  if (!fieldsV1) {
    const involvedObject = {
      kind: 'k',
      name: 'n',
      uid: 'u',
      apiVersion: 'v1',
      resourceVersion: '1',
      ...(about.metadata.namespace ? { namespace: 'x' } : {}),
      ...(fieldPath ? { fieldPath: 'x' } : {}),
    };
    const source = { component: 'c', ...(host ? { host: 'h' } : {}) };
    const event = {
      kind: 'Event',
      apiVersion: 'v1',
      metadata: {},
      involvedObject,
      reason: 'r',
      message: 'm',
      source,
      firstTimestamp: time,
      lastTimestamp: time,
      count: 1,
      type: 'Normal',
      reportingComponent: 'c',
      ...(host ? { reportingInstance: host } : {}),
    };
    fieldsV1 = fieldSetOf(event, definition('core.v1.Event')) as Record<string, unknown>;
    shapes.set(shape, fieldsV1);
  }
  return [{ manager, operation: 'Update', apiVersion: 'v1', time, fieldsType: 'FieldsV1', fieldsV1 }];
}
