import { describe, expect, it } from 'vitest';
import { cells, changed, changeRefusals, defaulted, refusals } from '../../../../testing/verdict.ts';
import { resourceQuota } from '../resourcequotas/kind.ts';
import { limitRange } from './kind.ts';

describe('limit ranges', () => {
  const item = { type: 'Container', max: { cpu: '2' }, min: { cpu: '10m' } };
  const range = { metadata: { name: 'lr', namespace: 'default' }, spec: { limits: [item] } };

  it('let limits follow from the maximum and requests from limits', () => {
    expect(defaulted(limitRange, range).spec.limits[0]).toMatchObject({ default: { cpu: '2' }, defaultRequest: { cpu: '2' } });
    const given = changed(range, 'spec.limits.0', { ...item, default: { cpu: '1' } });
    expect(defaulted(limitRange, given).spec.limits[0]).toMatchObject({ default: { cpu: '1' }, defaultRequest: { cpu: '1' } });
  });

  it.each([
    ['spec.limits.0.type', 'Node', ['spec.limits[0].type: Invalid value: "Node": must be a standard limit type or fully qualified']],
    ['spec.limits.0', { type: 'Pod', default: { cpu: '1' } }, ["spec.limits[0].default: Forbidden: may not be specified when `type` is 'Pod'"]],
    [
      'spec.limits.0',
      { type: 'Pod', max: { cpu: '1' }, min: { cpu: '2' } },
      ['spec.limits[0].min[cpu]: Invalid value: "2": min value 2 is greater than max value 1'],
    ],
    [
      'spec.limits.0.maxLimitRequestRatio',
      { cpu: '500' },
      ['spec.limits[0].maxLimitRequestRatio[cpu]: Invalid value: "500": ratio 500 is greater than max/min = 200.000000'],
    ],
    ['spec.limits', [item, item], ['spec.limits[1].type: Duplicate value: "Container"']],
  ])('refuse %s = %j', (path, value, expected) => {
    expect(refusals(limitRange, changed(range, path, value))).toEqual(expected);
  });
});

describe('quotas', () => {
  const quota = { metadata: { name: 'q', namespace: 'default' }, spec: { hard: { pods: '10', 'requests.cpu': '4', 'count/deployments.apps': '3' } } };

  it.each([
    ['spec.hard.pods', '-1', ['spec.hard[pods]: Invalid value: "-1": must be greater than or equal to 0']],
    ['spec.hard.pods', '1500m', ['spec.hard[pods]: Invalid value: "1500m": must be an integer']],
    ['spec.scopes', ['Terminating', 'NotTerminating'], ['spec.scopes: Invalid value: ["Terminating","NotTerminating"]: conflicting scopes']],
    [
      'spec.scopeSelector',
      { matchExpressions: [{ scopeName: 'PriorityClass', operator: 'In' }] },
      [
        "spec.scopeSelector.matchExpressions.values: Required value: must be at least one value when `operator` is 'In' or 'NotIn' for scope selector",
      ],
    ],
  ])('refuse %s = %j', (path, value, expected) => {
    expect(refusals(resourceQuota, changed(quota, path, value))).toEqual(expected);
  });

  it('keep their scopes', () => {
    expect(changeRefusals(resourceQuota, quota, changed(quota, 'spec.scopes', ['Terminating']))).toEqual([
      'spec.scopes: Invalid value: ["Terminating"]: field is immutable',
    ]);
  });

  it('print use beside the bound', () => {
    const status = { hard: { pods: '10', 'limits.cpu': '8' }, used: { pods: '3' } };
    expect(cells(resourceQuota, { ...quota, status })).toMatchObject({ Request: 'pods: 3/10', Limit: 'limits.cpu: 0/8' });
  });
});
