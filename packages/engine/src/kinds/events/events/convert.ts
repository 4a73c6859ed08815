import type { KubeObject } from '../../../core/object.ts';

// Models pkg/apis/events/v1/conversion.go: one and the same object under two sets of names.
const NAMES: readonly [inCore: string, inEvents: string][] = [
  ['eventTime', 'eventTime'],
  ['series', 'series'],
  ['reportingComponent', 'reportingController'],
  ['reportingInstance', 'reportingInstance'],
  ['action', 'action'],
  ['reason', 'reason'],
  ['involvedObject', 'regarding'],
  ['related', 'related'],
  ['message', 'note'],
  ['type', 'type'],
  ['source', 'deprecatedSource'],
  ['firstTimestamp', 'deprecatedFirstTimestamp'],
  ['lastTimestamp', 'deprecatedLastTimestamp'],
  ['count', 'deprecatedCount'],
];

function renamed(object: KubeObject, apiVersion: string, names: readonly (readonly [from: string, to: string])[]): KubeObject {
  const fields = names.filter(([from]) => object[from] !== undefined).map(([from, to]) => [to, object[from]]);
  return { kind: 'Event', apiVersion, metadata: object.metadata, ...Object.fromEntries(fields) };
}

export const fromCore = (stored: KubeObject): KubeObject => renamed(stored, 'events.k8s.io/v1', NAMES);

export const toCore = (event: KubeObject): KubeObject =>
  renamed(
    event,
    'v1',
    NAMES.map(([inCore, inEvents]) => [inEvents, inCore] as const),
  );
