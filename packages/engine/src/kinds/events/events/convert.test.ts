import { expect, test } from 'vitest';
import { world } from '../../../../testing/world.ts';

const EVENTS = '/apis/events.k8s.io/v1/namespaces/default/events';

const event = {
  apiVersion: 'events.k8s.io/v1',
  kind: 'Event',
  metadata: { name: 'web.1' },
  eventTime: '2026-01-01T00:00:00.000000Z',
  reportingController: 'example.com/controller',
  reportingInstance: 'controller-0',
  action: 'Binding',
  reason: 'Bound',
  note: 'all is well',
  type: 'Normal',
  regarding: { kind: 'Pod', name: 'web', namespace: 'default', apiVersion: 'v1', uid: 'u' },
};

test('events of both groups are the same objects', () => {
  const w = world();
  expect(w.request('POST', EVENTS, event)).toMatchObject({ code: 201, body: { apiVersion: 'events.k8s.io/v1', note: 'all is well' } });
  expect(w.request('GET', '/api/v1/namespaces/default/events/web.1').body).toMatchObject({
    apiVersion: 'v1',
    message: 'all is well',
    involvedObject: { name: 'web' },
    reportingComponent: 'example.com/controller',
  });
  w.apply({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec: { containers: [{ name: 'c', image: 'nginx' }] } });
  const listed = w.request('GET', `${EVENTS}?fieldSelector=regarding.name%3Dp,reason%3DScheduled`).body;
  expect(listed).toMatchObject({ kind: 'EventList', apiVersion: 'events.k8s.io/v1' });
  expect(listed.items).toMatchObject([{ regarding: { kind: 'Pod', name: 'p' }, deprecatedCount: 1 }]);
  const stream = w.respond('GET', `${EVENTS}?watch=true&resourceVersion=${w.state.revision}`);
  if (stream.type !== 'watch') throw new Error('no watch');
  const { length } = w.events;
  w.request('DELETE', `${EVENTS}/web.1`);
  const lines = w.events.slice(length).flatMap((each) => stream.encode(each, w.now) ?? []);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ type: 'DELETED', object: { apiVersion: 'events.k8s.io/v1', note: 'all is well' } });
});

test('the newer group asks for more', () => {
  const w = world({ workers: 0 });
  const verdict = (more: object): string => w.request('POST', EVENTS, { ...event, ...more }).body.message;
  expect(verdict({ eventTime: undefined, type: 'Odd' })).toBe(
    'Event "web.1" is invalid: [eventTime: Required value, type: Invalid value: "": has invalid value: Odd]',
  );
  expect(verdict({ deprecatedCount: 2, deprecatedSource: { host: 'a' } })).toBe(
    'Event "web.1" is invalid: [count: Invalid value: "": needs to be unset, source: Invalid value: "": needs to be unset]',
  );
});

test('a series goes on, and nothing else changes through the newer group', () => {
  const w = world({ workers: 0 });
  const url = `${EVENTS}/${event.metadata.name}`;
  const change = (target: string, more: object): string | undefined =>
    w.request('PATCH', target, more, { contentType: 'application/merge-patch+json' }).body.message;
  const short = 'series.count: Invalid value: "": should be at least 2';
  const refused = (text: string) => `Event "${event.metadata.name}" is invalid: ${text}`;
  expect(w.request('POST', EVENTS, { ...event, series: { count: 1 } }).body.message).toBe(
    refused(`[${short}, series.lastObservedTime: Required value]`),
  );
  expect(w.request('POST', EVENTS, event).code).toBe(201);
  expect(change(url, { series: { count: 1, lastObservedTime: '2026-01-01T00:00:01.000000Z' } })).toBe(refused(short));
  expect(change(url, { series: { count: 2, lastObservedTime: '2026-01-01T00:00:01.000000Z' } })).toBeUndefined();
  expect(change(url, { note: 'other' })).toBe(refused('message: Invalid value: "other": field is immutable'));
  expect(change(url, { reportingController: 'x.y/z' })).toBe(refused('reportingController: Invalid value: "x.y/z": field is immutable'));
  expect(change(url.replace('/apis/events.k8s.io/v1', '/api/v1'), { message: 'other', reason: 'Other' })).toBe('other');
});
