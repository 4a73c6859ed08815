import { describe, expect, test } from 'vitest';
import { fromCivil, toRfc3339 } from '../../../core/instant.ts';
import type { KubeObject } from '../../../core/object.ts';
import { aggregateText, type FieldError } from '../../../machinery/field.ts';
import type { Part } from '../../shared/fields.ts';
import { pod } from './kind.ts';

const NOW = fromCivil(2026, 1, 1, 12);
const ago = (seconds: number): string => toRfc3339(NOW - seconds * 1000);

function make(spec: Part = {}, status: Part = {}, metadata: Part = {}): KubeObject {
  const object: KubeObject = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p', namespace: 'default', creationTimestamp: ago(90), ...metadata },
    spec: { containers: [{ name: 'a', image: 'a:1' }], ...spec },
    status,
  };
  pod.defaults?.(object);
  return object;
}

const row = (object: KubeObject): string => pod.columns.map((c) => c.cell(object, { now: NOW })).join(' | ');
const running = (name: string, more: Part = {}): Part => ({ name, ready: true, restartCount: 0, state: { running: {} }, ...more });
const twoContainers = { containers: [{ name: 'a' }, { name: 'b' }] };

describe('a line of kubectl get pods -o wide', () => {
  const NOWHERE = '90s | <none> | <none> | <none> | <none>';
  test.each([
    ['pending', make({}, { phase: 'Pending' }), `p | 0/1 | Pending | 0 | ${NOWHERE}`],
    [
      'creating',
      make({}, { phase: 'Pending', containerStatuses: [{ name: 'a', state: { waiting: { reason: 'ContainerCreating' } } }] }),
      `p | 0/1 | ContainerCreating | 0 | ${NOWHERE}`,
    ],
    [
      'running',
      make({ nodeName: 'n1' }, { phase: 'Running', podIPs: [{ ip: '10.0.0.1' }], containerStatuses: [running('a')] }),
      'p | 1/1 | Running | 0 | 90s | 10.0.0.1 | n1 | <none> | <none>',
    ],
    [
      'crashing',
      make(
        {},
        {
          phase: 'Running',
          containerStatuses: [
            { name: 'a', restartCount: 3, state: { waiting: { reason: 'CrashLoopBackOff' } }, lastState: { terminated: { finishedAt: ago(5) } } },
          ],
        },
      ),
      `p | 0/1 | CrashLoopBackOff | 3 (5s ago) | ${NOWHERE}`,
    ],
    [
      'initializing',
      make(
        { initContainers: [{ name: 'x' }, { name: 'y' }] },
        {
          phase: 'Pending',
          initContainerStatuses: [
            { name: 'x', state: { terminated: { exitCode: 0 } } },
            { name: 'y', state: { running: {} } },
          ],
        },
      ),
      `p | 0/1 | Init:1/2 | 0 | ${NOWHERE}`,
    ],
    [
      'init failed',
      make(
        { initContainers: [{ name: 'x' }] },
        { phase: 'Pending', initContainerStatuses: [{ name: 'x', restartCount: 1, state: { terminated: { exitCode: 7 } } }] },
      ),
      `p | 0/1 | Init:ExitCode:7 | 1 | ${NOWHERE}`,
    ],
    [
      'a sidecar counts',
      make(
        { initContainers: [{ name: 's', restartPolicy: 'Always' }] },
        { phase: 'Running', initContainerStatuses: [running('s', { started: true, restartCount: 2 })], containerStatuses: [running('a')] },
      ),
      `p | 2/2 | Running | 2 | ${NOWHERE}`,
    ],
    [
      'one done, one running',
      make(twoContainers, {
        phase: 'Running',
        conditions: [{ type: 'Ready', status: 'False' }],
        containerStatuses: [{ name: 'a', state: { terminated: { reason: 'Completed' } } }, running('b')],
      }),
      `p | 1/2 | NotReady | 0 | ${NOWHERE}`,
    ],
    [
      'killed by a signal',
      make({}, { phase: 'Failed', containerStatuses: [{ name: 'a', state: { terminated: { signal: 9, exitCode: 137 } } }] }),
      `p | 0/1 | Signal:9 | 0 | ${NOWHERE}`,
    ],
    [
      'terminating',
      make({}, { phase: 'Running', containerStatuses: [running('a')] }, { deletionTimestamp: ago(1) }),
      `p | 1/1 | Terminating | 0 | ${NOWHERE}`,
    ],
    ['lost with its node', make({}, { phase: 'Running', reason: 'NodeLost' }, { deletionTimestamp: ago(1) }), `p | 0/1 | Unknown | 0 | ${NOWHERE}`],
    [
      'gated',
      make({}, { phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False', reason: 'SchedulingGated' }] }),
      `p | 0/1 | SchedulingGated | 0 | ${NOWHERE}`,
    ],
    [
      'readiness gates',
      make(
        { readinessGates: [{ conditionType: 'a/b' }, { conditionType: 'c' }] },
        { phase: 'Running', conditions: [{ type: 'a/b', status: 'True' }] },
      ),
      'p | 0/1 | Running | 0 | 90s | <none> | <none> | <none> | 1/2',
    ],
  ] as [string, KubeObject, string][])('%s', (_, object, expected) => {
    expect(row(object)).toBe(expected);
  });
});

describe('grace', () => {
  const grace = (object: KubeObject, asked?: number) => pod.gracePeriodSeconds?.(object, asked, undefined as never);
  test.each([
    ['as the pod says', make({ nodeName: 'n' }, { phase: 'Running' }), undefined, 30],
    ['as asked', make({ nodeName: 'n' }, { phase: 'Running' }), 5, 5],
    ['none before it runs', make({}, { phase: 'Pending' }), undefined, 0],
    ['none once it is done', make({ nodeName: 'n' }, { phase: 'Succeeded' }), 10, 0],
    ['a moment where it is negative', make({ nodeName: 'n', terminationGracePeriodSeconds: -3 }, { phase: 'Running' }), undefined, 1],
  ] as [string, KubeObject, number | undefined, number][])('%s', (_, object, asked, expected) => {
    expect(grace(object, asked)).toBe(expected);
  });
});

const text = (errors: FieldError[] | undefined): string => (errors?.length ? aggregateText(errors) : '');
const UPDATABLE =
  'spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)\n';

describe('updates', () => {
  const toleration = { key: 'a', operator: 'Exists' };
  const gated = { schedulingGates: [{ name: 'g' }] };
  test.each([
    ['nothing', {}, {}, ''],
    ['an image', { containers: [{ name: 'a', image: 'b:2', imagePullPolicy: 'IfNotPresent' }] }, {}, ''],
    ['a container more', twoContainers, {}, expect.stringContaining('spec.containers: Forbidden: pod updates may not add or remove containers')],
    ['another host name', { hostname: 'h' }, {}, expect.stringContaining(UPDATABLE)],
    ['a toleration more', { tolerations: [toleration, { key: 'b', operator: 'Exists' }] }, { tolerations: [toleration] }, ''],
    [
      'a toleration less',
      {},
      { tolerations: [toleration] },
      'spec.tolerations: Forbidden: existing toleration can not be modified except its tolerationSeconds',
    ],
    ['a nearer deadline', { activeDeadlineSeconds: 5 }, { activeDeadlineSeconds: 10 }, ''],
    [
      'a later deadline',
      { activeDeadlineSeconds: 11 },
      { activeDeadlineSeconds: 10 },
      'spec.activeDeadlineSeconds: Invalid value: 11: must be less than or equal to previous value',
    ],
    [
      'another gate',
      { schedulingGates: [{ name: 'g' }, { name: 'h' }] },
      gated,
      "spec.schedulingGates[1].name: Forbidden: only deletion is allowed, but found new scheduling gate 'h'",
    ],
    ['the gate lifted', {}, gated, ''],
    ['a gated pod narrowed', { ...gated, nodeSelector: { a: 'b' } }, gated, ''],
    [
      'a gated pod widened',
      gated,
      { ...gated, nodeSelector: { a: 'b' } },
      'spec.nodeSelector: Invalid value: {}: only additions are allowed (no mutations or deletions)',
    ],
  ] as [string, Part, Part, string][])('%s', (_, after, before, expected) => {
    expect(text(pod.validateUpdate?.(make(after), make(before)))).toEqual(expected);
  });

  test('what ended for good stays ended', () => {
    const ended = { containerStatuses: [{ name: 'a', state: { terminated: { exitCode: 0 } } }] };
    const revived = { containerStatuses: [{ name: 'a', state: { running: {} } }] };
    const spec = { restartPolicy: 'Never' };
    expect(text(pod.validateStatusUpdate?.(make(spec, revived), make(spec, ended)))).toBe(
      'status.containerStatuses[0].state: Forbidden: may not be transitioned to non-terminated state',
    );
    expect(text(pod.validateStatusUpdate?.(make({}, revived), make({}, ended)))).toBe('');
  });

  test('a resize may not change the class of service', () => {
    const old = make({ containers: [{ name: 'a', image: 'a:1', resources: { requests: { cpu: '1' } } }] });
    const resized = structuredClone(old);
    resized.spec.containers[0].resources = { requests: { cpu: '1', memory: '1Gi' }, limits: { cpu: '1', memory: '1Gi' } };
    pod.updates?.resize?.prepare(resized, old, undefined as never);
    expect(text(pod.updates?.resize?.validate?.(resized, old))).toContain('Pod QOS Class may not change as a result of resizing');
    resized.spec.containers[0].resources = { requests: { cpu: '2' } };
    expect(text(pod.updates?.resize?.validate?.(resized, old))).toBe('');
    expect(old.spec.containers[0].resources).toEqual({ requests: { cpu: '1' } });
  });
});

test('a new pod is pending, gated and selects by its own labels', () => {
  const term = { topologyKey: 'z', labelSelector: {}, matchLabelKeys: ['app', 'none'] };
  const object = make(
    { schedulingGates: [{ name: 'g' }], affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } } },
    {},
    { labels: { app: 'web' } },
  );
  pod.prepareForCreate?.(object, { now: NOW } as never);
  expect(object.status).toMatchObject({ phase: 'Pending', qosClass: 'BestEffort', conditions: [{ reason: 'SchedulingGated', status: 'False' }] });
  expect(object.spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].labelSelector.matchExpressions).toEqual([
    { key: 'app', operator: 'In', values: ['web'] },
  ]);
});
