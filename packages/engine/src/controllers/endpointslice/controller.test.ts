import { describe, expect, test } from 'vitest';
import { type World, world } from '../../../testing/world.ts';
import type { KubeObject } from '../../core/object.ts';

const web = (replicas: number, extra: object = {}): object => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: {
    replicas,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: { containers: [{ name: 'c', image: 'nginx:1.25', ports: [{ name: 'http', containerPort: 80 }] }], ...extra },
    },
  },
});

const service = (spec: object = {}, labels: object = {}): object => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web', labels },
  spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 'http' }], ...spec },
});

const slices = (w: World): KubeObject[] =>
  w.objects('discovery.k8s.io/endpointslices', 'default').filter((slice) => slice.metadata.labels?.['kubernetes.io/service-name'] === 'web');
const endpoints = (w: World): KubeObject => w.object('core/endpoints/default/web') as KubeObject;
/** `ready/serving/terminating` of every endpoint. */
const shown = (w: World): string[] =>
  slices(w).flatMap(({ endpoints: list = [] }) =>
    list.map(({ conditions }: KubeObject) => [conditions.ready, conditions.serving, conditions.terminating].map((c) => (c ? 'y' : 'n')).join('')),
  );

describe('endpoints of a service', () => {
  test('are its ready pods, with the names and labels of a real cluster', () => {
    const w = world();
    w.apply(service({}, { tier: 'front' }));
    w.apply(web(2));
    const [slice, ...more] = slices(w);
    expect(more).toEqual([]);
    expect(slice?.metadata.name).toMatch(/^web-[a-z0-9]{5}$/);
    expect(slice?.metadata).toMatchObject({
      generateName: 'web-',
      labels: { tier: 'front', 'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io', 'kubernetes.io/service-name': 'web' },
      ownerReferences: [{ apiVersion: 'v1', kind: 'Service', name: 'web', controller: true, blockOwnerDeletion: true }],
      annotations: { 'endpoints.kubernetes.io/last-change-trigger-time': '2026-01-01T00:00:00Z' },
    });
    expect(slice).toMatchObject({ addressType: 'IPv4', ports: [{ name: '', port: 80, protocol: 'TCP' }] });
    expect(shown(w)).toEqual(['yyn', 'yyn']);
    const pods = w.objects('core/pods', 'default');
    expect(slice?.endpoints.map((each: KubeObject) => each.nodeName).sort()).toEqual(pods.map((pod) => pod.spec.nodeName).sort());
    expect(endpoints(w).metadata.labels).toEqual({ tier: 'front', 'endpoints.kubernetes.io/managed-by': 'endpoint-controller' });
    expect(endpoints(w).subsets).toHaveLength(1);
    expect(endpoints(w).subsets[0].addresses.map((each: KubeObject) => each.ip)).toEqual(pods.map((pod) => pod.status.podIP).sort());
    expect(endpoints(w).subsets[0].ports).toEqual([{ port: 80, protocol: 'TCP' }]);
  });

  test('say how ready a pod is, and that it is leaving', () => {
    const w = world({ timing: 'realistic' });
    w.apply(service());
    expect(slices(w)).toMatchObject([{ endpoints: [], ports: [] }]);
    w.apply(
      web(1, {
        terminationGracePeriodSeconds: 30,
        containers: [
          {
            name: 'c',
            image: 'busybox',
            command: ['sleep', '3600'],
            ports: [{ name: 'http', containerPort: 80 }],
            readinessProbe: { exec: { command: ['true'] }, initialDelaySeconds: 20 },
          },
        ],
      }),
    );
    w.advance(15_000);
    expect(shown(w)).toEqual(['nnn']);
    expect(endpoints(w).subsets).toMatchObject([{ notReadyAddresses: [{}] }]);
    w.advance(60_000);
    expect(shown(w)).toEqual(['yyn']);
    const scale = { spec: { replicas: 0 } };
    w.request('PATCH', '/apis/apps/v1/namespaces/default/deployments/web/scale', scale, { contentType: 'application/merge-patch+json' });
    expect(shown(w)).toEqual(['nyy']);
    expect(endpoints(w).subsets ?? []).toEqual([]);
    w.advance(60_000);
    expect(slices(w)).toMatchObject([{ endpoints: [], ports: [] }]);
  });

  test('publish what is not ready where the service says so', () => {
    const w = world({ timing: 'realistic' });
    w.apply(service({ publishNotReadyAddresses: true, clusterIP: 'None', ports: [] }));
    w.apply(web(1, { containers: [{ name: 'c', image: 'nginx', readinessProbe: { httpGet: { path: '/nowhere', port: 80 } } }] }));
    w.advance(30_000);
    expect(shown(w)).toEqual(['ynn']);
    expect(slices(w)[0]).toMatchObject({ ports: [], metadata: { labels: { 'service.kubernetes.io/headless': '' } } });
    expect(endpoints(w).subsets).toMatchObject([{ addresses: [{}] }]);
  });

  test('follow labels of pods and of the service, and go with it', () => {
    const w = world();
    w.apply(service());
    w.apply(web(2));
    const [pod] = w.objects('core/pods', 'default') as [KubeObject];
    const patch = (url: string, body: object): unknown => w.request('PATCH', url, body, { contentType: 'application/merge-patch+json' });
    patch(`/api/v1/namespaces/default/pods/${pod.metadata.name}`, { metadata: { labels: { app: 'other' } } });
    const ips = slices(w).flatMap((slice) => slice.endpoints.map((each: KubeObject) => each.addresses[0]));
    expect(ips).toHaveLength(2);
    expect(ips).not.toContain(pod.status.podIP);
    patch('/api/v1/namespaces/default/services/web', { metadata: { labels: { tier: 'back' } } });
    expect(slices(w)[0]?.metadata.labels).toMatchObject({ tier: 'back' });
    w.request('DELETE', '/api/v1/namespaces/default/services/web');
    expect([slices(w), endpoints(w)]).toEqual([[], undefined]);
  });

  test("of a service without selector are the user's own", () => {
    const w = world();
    w.apply({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'ext' }, spec: { ports: [{ port: 80 }] } });
    w.apply({
      apiVersion: 'v1',
      kind: 'Endpoints',
      metadata: { name: 'ext' },
      subsets: [{ addresses: [{ ip: '192.0.2.1' }], ports: [{ port: 80 }] }],
    });
    expect(w.object('core/endpoints/default/ext')?.subsets).toHaveLength(1);
    w.request('DELETE', '/api/v1/namespaces/default/services/ext');
    expect(w.object('core/endpoints/default/ext')).toBeUndefined();
  });

  test('that are there before their service wait for it', () => {
    const w = world();
    w.apply({
      apiVersion: 'v1',
      kind: 'Endpoints',
      metadata: { name: 'ext' },
      subsets: [{ addresses: [{ ip: '192.0.2.1' }], ports: [{ port: 80 }] }],
    });
    w.advance(1000);
    w.apply({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'ext' }, spec: { ports: [{ port: 80 }] } });
    expect(w.object('core/endpoints/default/ext')?.subsets).toHaveLength(1);
  });
});
