import { describe, expect, it } from 'vitest';
import { cells, changed, defaulted, refusals } from '../../../testing/verdict.ts';
import { podDisruptionBudget } from '../policy/poddisruptionbudgets/kind.ts';
import { horizontalPodAutoscaler } from './horizontalpodautoscalers/kind.ts';

const resource = { name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } };
const hpa = {
  metadata: { name: 'web', namespace: 'default' },
  spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, maxReplicas: 5, metrics: [{ type: 'Resource', resource }] },
};

describe('autoscalers', () => {
  it('look at CPU unless told otherwise', () => {
    expect(defaulted(horizontalPodAutoscaler, changed(hpa, 'spec.metrics', undefined)).spec).toMatchObject({
      minReplicas: 1,
      metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { averageUtilization: 80 } } }],
    });
  });

  it('fill in a behaviour that is given in part', () => {
    const { behavior } = defaulted(horizontalPodAutoscaler, changed(hpa, 'spec.behavior', { scaleDown: { stabilizationWindowSeconds: 60 } })).spec;
    expect(behavior.scaleUp).toMatchObject({
      stabilizationWindowSeconds: 0,
      selectPolicy: 'Max',
      policies: [
        { type: 'Pods', value: 4 },
        { type: 'Percent', value: 100 },
      ],
    });
    expect(behavior.scaleDown).toEqual({
      stabilizationWindowSeconds: 60,
      selectPolicy: 'Max',
      policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }],
    });
  });

  it.each([
    [
      'spec.maxReplicas',
      0,
      [
        'spec.maxReplicas: Invalid value: 0: must be greater than 0',
        'spec.maxReplicas: Invalid value: 0: must be greater than or equal to `minReplicas`',
      ],
    ],
    ['spec.metrics.0.resource', undefined, ['spec.metrics[0].resource: Required value: must populate information for the given metric source']],
    ['spec.metrics.0.type', 'Pods', ['spec.metrics[0].pods: Required value: must populate information for the given metric source']],
    [
      'spec.metrics.0.resource.target',
      { type: 'Utilization' },
      ['spec.metrics[0].resource.target.averageUtilization: Required value: must set either a target raw value or a target utilization'],
    ],
    ['spec.behavior', { scaleUp: { policies: [] } }, ['spec.behavior.scaleUp.policies: Required value: must specify at least one Policy']],
    [
      'spec.scaleTargetRef',
      {},
      [
        'spec.scaleTargetRef.kind: Required value',
        'spec.scaleTargetRef.name: Required value',
        'spec.scaleTargetRef.apiVersion: Invalid value: "": apiVersion must specify API group',
      ],
    ],
    ['spec.scaleTargetRef', { kind: 'ReplicationController', name: 'rc' }, []],
    ['spec.scaleTargetRef.apiVersion', 'a/b/c', ['spec.scaleTargetRef.apiVersion: Invalid value: "a/b/c": unexpected GroupVersion string: a/b/c']],
  ])('refuse %s = %j', (path, value, expected) => {
    expect(refusals(horizontalPodAutoscaler, changed(hpa, path, value))).toEqual(expected);
  });

  it('print targets with the current figures', () => {
    const status = { currentReplicas: 2, currentMetrics: [{ type: 'Resource', resource: { name: 'cpu', current: { averageUtilization: 12 } } }] };
    expect(cells(horizontalPodAutoscaler, hpa).Targets).toBe('cpu: <unknown>/50%');
    expect(cells(horizontalPodAutoscaler, { ...hpa, status })).toMatchObject({
      Reference: 'Deployment/web',
      Targets: 'cpu: 12%/50%',
      MinPods: '<unset>',
      MaxPods: 5,
      Replicas: 2,
    });
    const many = { ...hpa, spec: { ...hpa.spec, metrics: [1, 2, 3].map(() => ({ type: 'Resource', resource })) } };
    expect(cells(horizontalPodAutoscaler, many).Targets).toBe('cpu: <unknown>/50%, cpu: <unknown>/50% + 1 more...');
  });
});

describe('disruption budgets', () => {
  const budget = { metadata: { name: 'web' }, spec: { minAvailable: '50%' } };

  it.each([
    ['spec.minAvailable', '101%', ['spec.minAvailable: Invalid value: "101%": must not be greater than 100%']],
    ['spec.minAvailable', -1, ['spec.minAvailable: Invalid value: -1: must be greater than or equal to 0']],
    [
      'spec.maxUnavailable',
      1,
      [
        'spec: Invalid value: {"MinAvailable":"50%","Selector":null,"MaxUnavailable":1,"UnhealthyPodEvictionPolicy":null}: minAvailable and maxUnavailable cannot be both set',
      ],
    ],
  ])('refuse %s = %j', (path, value, expected) => {
    expect(refusals(podDisruptionBudget, changed(budget, path, value))).toEqual(expected);
  });

  it('print what they allow', () => {
    expect(cells(podDisruptionBudget, { ...budget, status: { disruptionsAllowed: 2 } })).toMatchObject({
      'Min Available': '50%',
      'Max Unavailable': 'N/A',
      'Allowed Disruptions': 2,
    });
  });
});
