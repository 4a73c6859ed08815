import { describe, expect, it } from 'vitest';
import { world } from '../../../testing/world.ts';

const priorityClass = (name: string, value: number, more: object = {}) => ({
  apiVersion: 'scheduling.k8s.io/v1',
  kind: 'PriorityClass',
  metadata: { name },
  value,
  ...more,
});
const pod = (spec: object) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'p' },
  spec: { containers: [{ name: 'c', image: 'i' }], ...spec },
});

describe('Priority', () => {
  const made = (spec: object) => {
    const w = world({ workers: 0 });
    w.create(priorityClass('usual', 7, { globalDefault: true }) as never);
    w.create(priorityClass('high', 1000, { preemptionPolicy: 'Never' }) as never);
    return w.request('POST', '/api/v1/namespaces/default/pods', pod(spec)).body;
  };

  it.each([
    [{}, { priority: 7, priorityClassName: 'usual', preemptionPolicy: 'PreemptLowerPriority' }],
    [{ priorityClassName: 'high' }, { priority: 1000, preemptionPolicy: 'Never' }],
    [{ priorityClassName: 'system-node-critical' }, { priority: 2_000_001_000 }],
  ])('of %j', (spec, expected) => expect(made(spec).spec).toMatchObject(expected));

  it('names a pod by what its name is to begin with', () => {
    const nameless = { ...pod({ priorityClassName: 'nope' }), metadata: { generateName: 'web-' } };
    expect(world({ workers: 0 }).request('POST', '/api/v1/namespaces/default/pods', nameless).body.message).toBe(
      'pods "web-" is forbidden: no PriorityClass with name nope was found',
    );
  });

  it.each([
    [{ priorityClassName: 'nope' }, 'pods "p" is forbidden: no PriorityClass with name nope was found'],
    [
      { priority: 3 },
      'pods "p" is forbidden: the integer value of priority (3) must not be provided in pod spec; priority admission controller computed 7 from the given PriorityClass name',
    ],
  ])('refuses %j', (spec, message) => expect(made(spec).message).toBe(message));

  it('has one default', () => {
    const w = world({ workers: 0 });
    w.create(priorityClass('a', 1, { globalDefault: true }) as never);
    const { body } = w.request('POST', '/apis/scheduling.k8s.io/v1/priorityclasses', priorityClass('b', 1, { globalDefault: true }));
    expect(body.message).toBe(
      'priorityclasses.scheduling.k8s.io "b" is forbidden: PriorityClass a is already marked as default. Only one default can exist',
    );
  });
});

it('classes of the system stay', () => {
  const { code, body } = world({ workers: 0 }).request('DELETE', '/apis/scheduling.k8s.io/v1/priorityclasses/system-node-critical');
  expect([code, body.message]).toEqual([
    403,
    'priorityclasses.scheduling.k8s.io "system-node-critical" is forbidden: this is a system priority class and cannot be deleted',
  ]);
});
