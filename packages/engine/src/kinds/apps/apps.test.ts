import { describe, expect, it } from 'vitest';
import { cells, changed, changeRefusals, defaulted, refusals } from '../../../testing/verdict.ts';
import { daemonSet } from './daemonsets/kind.ts';
import { deployment } from './deployments/kind.ts';
import { replicaSet } from './replicasets/kind.ts';
import { statefulSet } from './statefulsets/kind.ts';

const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'c', image: 'nginx' }] } };
const workload = { metadata: { name: 'web', namespace: 'default' }, spec: { selector: { matchLabels: { app: 'web' } }, template } };

describe('deployments', () => {
  it('are filled in', () => {
    expect(defaulted(deployment, workload).spec).toMatchObject({
      replicas: 1,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
      revisionHistoryLimit: 10,
      progressDeadlineSeconds: 600,
      template: { spec: { restartPolicy: 'Always', dnsPolicy: 'ClusterFirst' } },
    });
    expect(defaulted(deployment, changed(workload, 'spec.strategy', { type: 'Recreate' })).spec.strategy).toEqual({ type: 'Recreate' });
  });

  const noSelectorMatch = 'spec.template.metadata.labels: Invalid value: {"app":"web"}: `selector` does not match template `labels`';
  it.each([
    ['spec.replicas', -1, ['spec.replicas: Invalid value: -1: must be greater than or equal to 0']],
    ['spec.selector', undefined, ['spec.selector: Required value', noSelectorMatch]],
    ['spec.selector', {}, ['spec.selector: Invalid value: {}: empty selector is invalid for deployment']],
    ['spec.selector.matchLabels.app', 'other', [noSelectorMatch]],
    [
      'spec.strategy',
      { rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } },
      ['spec.strategy.rollingUpdate.maxUnavailable: Invalid value: 0: may not be 0 when `maxSurge` is 0'],
    ],
    [
      'spec.strategy',
      { type: 'Recreate', rollingUpdate: {} },
      ["spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'"],
    ],
    ['spec.progressDeadlineSeconds', 0, ['spec.progressDeadlineSeconds: Invalid value: 0: must be greater than minReadySeconds']],
    ['spec.template.spec.restartPolicy', 'Never', ['spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always"']],
  ])('refuse %s = %j', (path, value, expected) => {
    expect(refusals(deployment, changed(workload, path, value))).toEqual(expected);
  });

  it('keep their selector', () => {
    const after = changed(changed(workload, 'spec.selector.matchLabels.app', 'b'), 'spec.template.metadata.labels.app', 'b');
    expect(changeRefusals(deployment, workload, after)).toEqual(['spec.selector: Invalid value: {"matchLabels":{"app":"b"}}: field is immutable']);
  });

  it('do not count backwards', () => {
    const before = { ...workload, status: { collisionCount: 2 } };
    const after = { ...workload, status: { replicas: 1, readyReplicas: 2, collisionCount: 1 } };
    expect(deployment.validateStatusUpdate?.(after as never, before as never).map((error) => error.field)).toEqual([
      'status.readyReplicas',
      'status.collisionCount',
    ]);
  });

  it('print their row', () => {
    const shown = cells(deployment, { ...defaulted(deployment, workload), status: { readyReplicas: 1, updatedReplicas: 1, availableReplicas: 1 } });
    expect(shown).toMatchObject({ Ready: '1/1', 'Up-to-date': 1, Available: 1, Containers: 'c', Images: 'nginx', Selector: 'app=web' });
  });
});

it('replica sets must match their pods', () => {
  expect(refusals(replicaSet, workload)).toEqual([]);
  expect(refusals(replicaSet, changed(workload, 'spec.template.metadata.labels', undefined))).toEqual([
    'spec.template.metadata.labels: Invalid value: null: `selector` does not match template `labels`',
  ]);
});

describe('daemon sets', () => {
  it.each([
    [
      'spec.updateStrategy',
      { rollingUpdate: { maxUnavailable: 0 } },
      ['spec.updateStrategy.rollingUpdate.maxUnavailable: Required value: cannot be 0 when maxSurge is 0'],
    ],
    [
      'spec.updateStrategy',
      { rollingUpdate: { maxSurge: 1 } },
      ['spec.updateStrategy.rollingUpdate.maxSurge: Invalid value: 1: may not be set when maxUnavailable is non-zero'],
    ],
    ['spec.updateStrategy', { type: 'OnDelete' }, []],
  ])('judge %s = %j', (path, value, expected) => {
    expect(refusals(daemonSet, changed(workload, path, value))).toEqual(expected);
  });

  it('count changes of the template in an annotation', () => {
    const before = defaulted(daemonSet, workload);
    daemonSet.prepareForCreate?.(before, {} as never);
    const after = changed(before, 'spec.template.spec.containers.0.image', 'nginx:2');
    daemonSet.prepareForUpdate?.(after, before, {} as never);
    expect(after.metadata.annotations).toEqual({ 'deprecated.daemonset.template.generation': '2' });
  });
});

describe('stateful sets', () => {
  const claim = { metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } };
  const withClaim = {
    ...workload,
    spec: {
      ...workload.spec,
      volumeClaimTemplates: [claim],
      template: { ...template, spec: { containers: [{ name: 'c', image: 'nginx', volumeMounts: [{ name: 'data', mountPath: '/d' }] }] } },
    },
  };

  it('mount the volumes of their claim templates', () => {
    expect(refusals(statefulSet, withClaim)).toEqual([]);
    expect(refusals(statefulSet, changed(withClaim, 'spec.volumeClaimTemplates', []))).toEqual([
      'spec.template.spec.containers[0].volumeMounts[0].name: Not found: "data"',
    ]);
  });

  it('may change in some fields only', () => {
    expect(changeRefusals(statefulSet, withClaim, changed(withClaim, 'spec.replicas', 3))).toEqual([]);
    expect(changeRefusals(statefulSet, withClaim, changed(withClaim, 'spec.serviceName', 'other'))).toEqual([
      "spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden",
    ]);
  });

  it('fill in their claim templates', () => {
    expect(defaulted(statefulSet, withClaim).spec.volumeClaimTemplates[0]).toMatchObject({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      spec: { volumeMode: 'Filesystem' },
      status: { phase: 'Pending' },
    });
  });
});
