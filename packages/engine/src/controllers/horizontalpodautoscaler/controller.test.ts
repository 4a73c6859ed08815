import { describe, expect, test } from 'vitest';
import { type World, world } from '../../../testing/world.ts';
import type { KubeObject } from '../../core/object.ts';

const MERGE = { contentType: 'application/merge-patch+json' };
const DEPLOYMENT = '/apis/apps/v1/namespaces/default/deployments/web';
const MINUTE = 60_000;

const deployment = (cpu: string | undefined, replicas = 1, requests: object = { cpu: '200m' }): object => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: {
    replicas,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' }, annotations: cpu === undefined ? {} : { 'sim.vivakube.dev/cpu': cpu } },
      spec: {
        containers: [
          { name: 'c', image: 'registry.k8s.io/hpa-example', resources: { requests, limits: { cpu: '500m' } }, ports: [{ containerPort: 80 }] },
        ],
      },
    },
  },
});

const hpa = (spec: object = {}, annotations: object = {}): object => ({
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: 'web', annotations },
  spec: {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
    minReplicas: 1,
    maxReplicas: 10,
    metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } } }],
    ...spec,
  },
});

const status = (w: World): KubeObject['status'] => w.object('autoscaling/horizontalpodautoscalers/default/web')?.status;
const replicas = (w: World): number => w.object('apps/deployments/default/web')?.spec.replicas;
const conditions = (w: World): string[] => (status(w)?.conditions ?? []).map((each: KubeObject) => `${each.type}=${each.status} ${each.reason}`);
const events = (w: World): string[] =>
  w
    .objects('core/events', 'default')
    .filter((event) => event.involvedObject.kind === 'HorizontalPodAutoscaler')
    .map((event) => `${event.reason}: ${event.message}`);
/** Replicas minute by minute. */
const curve = (w: World, minutes: number): number[] =>
  Array.from({ length: minutes }, () => {
    w.advance(MINUTE);
    return replicas(w);
  });

describe('the autoscaler', () => {
  test('rests where usage is on target, and does nothing at all from then on', () => {
    const w = world({ timing: 'realistic' });
    w.apply(deployment('100m', 2));
    w.apply(hpa());
    w.advance(10 * MINUTE);
    expect(replicas(w)).toBe(2);
    expect(conditions(w)).toEqual([
      'AbleToScale=True ReadyForNewScale',
      'ScalingActive=True ValidMetricFound',
      'ScalingLimited=False DesiredWithinRange',
    ]);
    expect(status(w)).toMatchObject({
      currentReplicas: 2,
      desiredReplicas: 2,
      currentMetrics: [{ type: 'Resource', resource: { name: 'cpu', current: { averageUtilization: 50, averageValue: '100m' } } }],
    });
    w.advance(60 * MINUTE);
    const { revision } = w.state;
    const ticks = w.deltas.length;
    w.advance(30 * 24 * 60 * MINUTE);
    expect([w.state.revision, w.deltas.length]).toEqual([revision, ticks]);
  });

  test('follows load up and, five minutes later, down: the walkthrough of the documentation', () => {
    const w = world({ timing: 'realistic' });
    w.apply(deployment(undefined));
    w.apply({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec: { selector: { app: 'web' }, ports: [{ port: 80 }] } });
    w.apply(hpa());
    w.advance(3 * MINUTE);
    expect(status(w).currentMetrics[0].resource.current.averageUtilization).toBe(0);
    const command = ['/bin/sh', '-c', 'while sleep 0.01; do wget -q -O- http://web; done'];
    w.create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'load' },
      spec: { containers: [{ name: 'c', image: 'busybox:1.28', command }] },
    } as never);
    const up = curve(w, 5);
    expect(up.at(-1)).toBeGreaterThanOrEqual(5);
    expect(
      events(w).some((text) =>
        /^SuccessfulRescale: New size: \d; reason: cpu resource utilization \(percentage of request\) above target$/.test(text),
      ),
    ).toBe(true);
    w.request('DELETE', '/api/v1/namespaces/default/pods/load?gracePeriodSeconds=0');
    w.advance(4 * MINUTE);
    expect(replicas(w)).toBe(up.at(-1));
    expect(conditions(w)).toContain('AbleToScale=True ScaleDownStabilized');
    w.advance(3 * MINUTE);
    expect(replicas(w)).toBe(1);
    expect(events(w)).toContain('SuccessfulRescale: New size: 1; reason: All metrics below target');
  });

  test('goes up to twice the size at once, and says what limits it', () => {
    const w = world();
    w.apply(deployment('500m', 2, { cpu: '50m' }));
    w.apply(hpa());
    w.advance(20_000);
    expect(replicas(w)).toBe(4);
    expect(conditions(w)).toContain('ScalingLimited=True ScaleUpLimit');
    w.advance(15_000);
    expect(replicas(w)).toBe(8);
    w.advance(5 * MINUTE);
    expect(replicas(w)).toBe(10);
    expect(conditions(w)).toContain('ScalingLimited=True TooManyReplicas');
  });

  test('keeps to the rates of a behaviour', () => {
    const w = world();
    w.apply(deployment('500m', 1, { cpu: '100m' }));
    const slow = { policies: [{ type: 'Pods', value: 1, periodSeconds: 60 }] };
    w.apply(hpa({ behavior: { scaleUp: slow, scaleDown: { stabilizationWindowSeconds: 0, ...slow } } }));
    const up = curve(w, 6);
    expect(up).toEqual([2, 3, 4, 5, 6, 7]);
    w.request('PATCH', DEPLOYMENT, { spec: { template: { metadata: { annotations: { 'sim.vivakube.dev/cpu': '1m' } } } } }, MERGE);
    const down = curve(w, 6);
    expect(down.every((count, i) => i === 0 || (down[i - 1] as number) - count <= 1)).toBe(true);
    expect(down.at(-1)).toBeLessThan(5);
  });

  test.each<[string, object, object, string, string]>([
    [
      'a request is missing',
      deployment('100m', 1, {}),
      hpa(),
      'FailedGetResourceMetric',
      'failed to get cpu utilization: missing request for cpu in container c of Pod web-',
    ],
    [
      'no adapter serves pods metrics',
      deployment('100m'),
      hpa({ metrics: [{ type: 'Pods', pods: { metric: { name: 'rps' }, target: { type: 'AverageValue', averageValue: '10' } } }] }),
      'FailedGetPodsMetric',
      'unable to get metric rps: unable to fetch metrics from custom metrics API: no custom metrics API (custom.metrics.k8s.io) registered',
    ],
    [
      'no adapter serves external metrics',
      deployment('100m'),
      hpa({ metrics: [{ type: 'External', external: { metric: { name: 'queue' }, target: { type: 'Value', value: '10' } } }] }),
      'FailedGetExternalMetric',
      'unable to get external metric default/queue/nil: unable to fetch metrics from external metrics API: no external metrics API (external.metrics.k8s.io) registered',
    ],
  ])('says that %s', (_, target, scaler, reason, message) => {
    const w = world();
    w.apply({ ...target, spec: { ...(target as KubeObject).spec } });
    const { containers } = (target as KubeObject).spec.template.spec;
    if (message.includes('missing request')) delete containers[0].resources.limits;
    w.apply(target);
    w.apply(scaler);
    w.advance(30_000);
    const active = status(w).conditions.find((each: KubeObject) => each.type === 'ScalingActive');
    expect(active).toMatchObject({ status: 'False', reason });
    expect(active.message.startsWith(`the HPA was unable to compute the replica count: ${message}`)).toBe(true);
    expect(
      events(w).some((text) => text.startsWith('FailedComputeMetricsReplicas: invalid metrics (1 invalid out of 1), first error is: failed to get ')),
    ).toBe(true);
    w.advance(60 * MINUTE);
    const ticks = w.deltas.length;
    w.advance(24 * 60 * MINUTE);
    expect(w.deltas.length - ticks).toBeLessThan(5);
  });

  test('takes annotations for what adapters would serve', () => {
    const w = world();
    w.apply(deployment('100m', 2));
    const external = { metric: { name: 'queue' }, target: { type: 'AverageValue', averageValue: '10' } };
    w.apply(hpa({ metrics: [{ type: 'External', external }] }, { 'sim.vivakube.dev/metric.queue': '35' }));
    w.advance(30_000);
    expect(replicas(w)).toBe(4);
    expect(events(w)).toContain('SuccessfulRescale: New size: 4; reason: external metric queue(nil) above target');
  });

  test('says that there is nothing to scale', () => {
    const w = world();
    w.apply(hpa());
    w.advance(20_000);
    expect(conditions(w)).toEqual(['AbleToScale=False FailedGetScale']);
    expect(status(w).conditions[0].message).toBe(
      'the HPA controller was unable to get the target\'s current scale: deployments/scale.apps "web" not found',
    );
    w.apply(deployment('100m', 0));
    w.advance(20_000);
    expect(conditions(w)).toContain('ScalingActive=False ScalingDisabled');
  });

  test('does not fight another one over the same pods', () => {
    const w = world();
    w.apply(deployment('500m', 2, { cpu: '50m' }));
    w.apply({ ...hpa(), metadata: { name: 'other' } });
    w.apply(hpa());
    w.advance(40_000);
    expect(replicas(w)).toBe(2);
    expect(events(w)).toContain('AmbiguousSelector: pods by selector app=web are controlled by multiple HPAs: [default/other default/web]');
    w.request('DELETE', '/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers/other');
    w.advance(10_000);
    expect(replicas(w)).toBe(4);
  });
});

test('without metrics-server nothing is known, until it is there again', () => {
  const w = world({ timing: 'realistic' });
  const url = '/apis/apiregistration.k8s.io/v1/apiservices';
  const registration = w.request('GET', `${url}/v1beta1.metrics.k8s.io`).body;
  w.request('DELETE', `${url}/v1beta1.metrics.k8s.io`);
  w.apply(deployment('150m'));
  w.apply(hpa());
  w.advance(2 * MINUTE);
  expect(conditions(w)).toContain('ScalingActive=False FailedGetResourceMetric');
  expect(events(w)).toContain(
    'FailedGetResourceMetric: failed to get cpu utilization: unable to get metrics for resource cpu: unable to fetch metrics from resource metrics API: the server could not find the requested resource (get pods.metrics.k8s.io)',
  );
  expect(replicas(w)).toBe(1);
  w.request('POST', url, { metadata: { name: 'v1beta1.metrics.k8s.io' }, spec: registration.spec });
  w.advance(2 * MINUTE);
  expect(conditions(w)).toContain('ScalingActive=True ValidMetricFound');
  expect(replicas(w)).toBeGreaterThan(1);
});
