import { expect, it } from 'vitest';
import { world } from '../../testing/world.ts';
import type { KubeObject } from '../core/object.ts';

const NAME = 'kube-scheduler-vivakube-control-plane';
const KEY = `core/pods/kube-system/${NAME}`;

it.each(['', '?gracePeriodSeconds=0'])('a static pod outlives its mirror: DELETE%s', (query) => {
  const w = world({ timing: 'realistic', system: true });
  w.advance(60_000);
  const before = w.object(KEY) as KubeObject;
  expect(before.status.containerStatuses[0].ready).toBe(true);
  w.request('DELETE', `/api/v1/namespaces/kube-system/pods/${NAME}${query}`);
  w.advance(1000);
  const after = w.object(KEY) as KubeObject;
  expect(after.metadata.uid).not.toBe(before.metadata.uid);
  expect(after.status.containerStatuses).toEqual(before.status.containerStatuses);
  expect([...w.state.runtime.keys('kubelet-static/')]).toEqual([]);
});

it.each([
  ['resize', { spec: { containers: [{ name: 'kube-scheduler', resources: { requests: { cpu: '2' } } }] } }, 'static pods cannot be resized'],
  ['ephemeralcontainers', { spec: { ephemeralContainers: [{ name: 'd', image: 'busybox' }] } }, 'static pods do not support ephemeral containers'],
  ['', { metadata: { annotations: { 'kubernetes.io/config.mirror': 'other' } } }, 'may not remove or update mirror pod annotation'],
])('a mirror is no place to change a static pod: %s', (subresource, patch, message) => {
  const w = world({ system: true });
  const url = `/api/v1/namespaces/kube-system/pods/${NAME}${subresource && `/${subresource}`}`;
  const answer = w.request('PATCH', url, patch, { contentType: 'application/strategic-merge-patch+json' });
  expect([answer.code, answer.body.message]).toEqual([422, expect.stringContaining(message)]);
});
