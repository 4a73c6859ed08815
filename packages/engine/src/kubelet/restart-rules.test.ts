import { describe, expect, it } from 'vitest';
import { course, create, nginx, shell } from '../../testing/kubelet-pods.ts';
import { seen } from '../../testing/transcript.ts';
import { world } from '../../testing/world.ts';

const rule = (operator: string, values: number[], action = 'Restart') => ({ action, exitCodes: { operator, values } });

describe("a container's own restart policy", () => {
  it.each([
    ['Never', { restartPolicy: 'Always' }, 0, 'Running | c CrashLoopBackOff x1'],
    ['Never', { restartPolicy: 'OnFailure' }, 0, 'Succeeded | c Completed:0'],
    ['Always', { restartPolicy: 'Never' }, 3, 'Failed | c Error:3'],
    ['Never', { restartPolicy: 'Never', restartPolicyRules: [rule('In', [42, 43])] }, 42, 'Running | c CrashLoopBackOff x1'],
    ['Never', { restartPolicy: 'Never', restartPolicyRules: [rule('In', [42, 43])] }, 1, 'Failed | c Error:1'],
    ['Never', { restartPolicy: 'Never', restartPolicyRules: [rule('NotIn', [0, 7])] }, 7, 'Failed | c Error:7'],
    ['Never', { restartPolicy: 'Never', restartPolicyRules: [rule('NotIn', [0, 7])] }, 1, 'Running | c CrashLoopBackOff x1'],
  ])('pod %s, container %j, exit %d', (restartPolicy, more, code, expected) => {
    const w = world({ workers: 1 });
    create(w, { restartPolicy, containers: [shell(`exit ${code}`, more)] });
    expect(seen(w, 'p')).toBe(expected);
  });

  it.each([
    [{ restartPolicy: 'Never' }, 'Failed | i Error:1 | c PodInitializing'],
    [{ restartPolicy: 'Never', restartPolicyRules: [rule('In', [1])] }, 'Pending | i CrashLoopBackOff x1 | c PodInitializing'],
  ])('of an init container: %j', (more, expected) => {
    const w = world({ workers: 1 });
    create(w, { initContainers: [shell('exit 1', { name: 'i', ...more })], containers: [nginx()] });
    expect(seen(w, 'p')).toBe(expected);
  });
});

it('RestartAllContainers takes the pod back to its beginning', () => {
  const w = world({ workers: 1 });
  create(w, {
    restartPolicy: 'Never',
    initContainers: [shell('sleep 2', { name: 'i' })],
    containers: [
      shell('sleep 5; exit 9', { restartPolicy: 'Never', restartPolicyRules: [rule('In', [9], 'RestartAllContainers')] }),
      shell('sleep 100', { name: 'd' }),
    ],
  });
  expect(course(w, 2000, 5000, 2000)).toEqual([
    'Running | i Completed:0 ready | c running ready | d running ready',
    expect.stringMatching(/\| i running x1 \| c Error:9 \| d Error:137$/),
    'Running | i Completed:0 ready x1 | c running ready x1 | d running ready x1',
  ]);
  const condition = w.object('core/pods/default/p')?.status.conditions.find((c: { type: string }) => c.type === 'AllContainersRestarting');
  expect(condition).toMatchObject({ status: 'False' });
});
