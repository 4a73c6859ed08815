import { describe, expect, test } from 'vitest';
import { world } from '../../../../testing/world.ts';
import type { KubeObject } from '../../../core/object.ts';
import { fromV2, toV2 } from './convert.ts';

const V1 = '/apis/autoscaling/v1/namespaces/default/horizontalpodautoscalers';
const V2 = '/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers';
const MERGE = { contentType: 'application/merge-patch+json' };

const reference = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };
const cpu = (percentage: number): object => ({
  type: 'Resource',
  resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: percentage } },
});
const v1 = {
  apiVersion: 'autoscaling/v1',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: 'web' },
  spec: { scaleTargetRef: reference, minReplicas: 1, maxReplicas: 5, targetCPUUtilizationPercentage: 60 },
};

describe('autoscaling/v1', () => {
  test('is one more view of what is stored as v2', () => {
    const w = world();
    expect(w.request('POST', V1, v1)).toMatchObject({
      code: 201,
      body: { apiVersion: 'autoscaling/v1', spec: { targetCPUUtilizationPercentage: 60 } },
    });
    expect(w.request('GET', `${V2}/web`).body.spec).toEqual({ scaleTargetRef: reference, minReplicas: 1, maxReplicas: 5, metrics: [cpu(60)] });
    expect(w.request('PATCH', `${V1}/web`, { spec: { targetCPUUtilizationPercentage: 30 } }, MERGE).body.spec.targetCPUUtilizationPercentage).toBe(
      30,
    );
    expect(w.request('GET', `${V2}/web`).body.spec.metrics).toEqual([cpu(30)]);
    expect(w.request('GET', V1).body).toMatchObject({
      kind: 'HorizontalPodAutoscalerList',
      apiVersion: 'autoscaling/v1',
      items: [{ spec: { maxReplicas: 5 } }],
    });
    expect(
      w.request(
        'PATCH',
        `${V1}/web?fieldManager=me&force=true`,
        { ...v1, spec: { ...v1.spec, maxReplicas: 7 } },
        { contentType: 'application/apply-patch+yaml' },
      ).body.spec.maxReplicas,
    ).toBe(7);
    expect(w.request('PUT', `${V1}/web`, { ...v1, spec: { ...v1.spec, maxReplicas: 0 } })).toMatchObject({ code: 422 });
    expect(w.request('DELETE', `${V1}/web`).code).toBe(200);
    expect(w.object('autoscaling/horizontalpodautoscalers/default/web')).toBeUndefined();
  });

  test('carries in annotations what it does not know, both ways', () => {
    const metrics = [
      cpu(50),
      {
        type: 'Pods',
        pods: { metric: { name: 'rps', selector: { matchLabels: { a: 'b' } } }, target: { type: 'AverageValue', averageValue: '1k' } },
      },
      {
        type: 'Object',
        object: { describedObject: { kind: 'Ingress', name: 'main' }, metric: { name: 'hits' }, target: { type: 'Value', value: '10' } },
      },
      { type: 'External', external: { metric: { name: 'queue' }, target: { type: 'AverageValue', averageValue: '30' } } },
      { type: 'ContainerResource', containerResource: { name: 'cpu', container: 'c', target: { type: 'Utilization', averageUtilization: 60 } } },
    ];
    const behavior = { scaleDown: { stabilizationWindowSeconds: 60, policies: [{ type: 'Pods', value: 1, periodSeconds: 15 }] } };
    const conditions = [{ type: 'AbleToScale', status: 'True', reason: 'R', message: 'm', lastTransitionTime: '2026-01-01T00:00:00Z' }];
    const currentMetrics = [{ type: 'Resource', resource: { name: 'cpu', current: { averageUtilization: 12, averageValue: '24m' } } }];
    const stored = {
      kind: 'HorizontalPodAutoscaler',
      apiVersion: 'autoscaling/v2',
      metadata: { name: 'web', annotations: { own: 'x' } },
      spec: { scaleTargetRef: reference, maxReplicas: 3, metrics, behavior },
      status: { currentReplicas: 1, desiredReplicas: 2, conditions, currentMetrics },
    } as unknown as KubeObject;
    const seen = fromV2(stored);
    expect(seen.status).toEqual({ currentReplicas: 1, desiredReplicas: 2, currentCPUUtilizationPercentage: 12 });
    // The internal type as Go writes it: no JSON names, in its own order, with nulls.
    expect(seen.metadata.annotations?.['autoscaling.alpha.kubernetes.io/behavior']).toBe(
      '{"ScaleUp":null,"ScaleDown":{"StabilizationWindowSeconds":60,"SelectPolicy":null,"Policies":[{"Type":"Pods","Value":1,"PeriodSeconds":15}],"Tolerance":null}}',
    );
    expect(toV2(seen)).toEqual(stored);
  });
});
