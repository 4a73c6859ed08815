import { describe, expect, it } from 'vitest';
import { create, log, nginx, remove, shell } from '../../testing/kubelet-pods.ts';
import { world } from '../../testing/world.ts';
import type { KubeObject } from '../core/object.ts';

const at = (mountPath: string, more: object = {}) => ({ volumeMounts: [{ name: 'v', mountPath, ...more }] });
const logOf = (w: ReturnType<typeof world>, container: string) => log(w, `?container=${container}`).body;
const emptyDir = { volumes: [{ name: 'v', emptyDir: {} }] };

describe('what containers write to a volume', () => {
  it('is there for those that come after', () => {
    const w = world({ workers: 1 });
    create(w, {
      ...emptyDir,
      initContainers: [shell('echo made > /work/msg; mkdir /work/sub; echo deep > /work/sub/x', { name: 'i', ...at('/work') })],
      containers: [
        shell('cat /in/msg; sleep 100', at('/in')),
        shell('cat /only/x; cat /nope/msg; sleep 100', { name: 'd', ...at('/only', { subPath: 'sub' }) }),
      ],
    });
    expect(log(w, '?container=c').body).toBe('made\n');
    expect(logOf(w, 'd')).toBe("deep\ncat: can't open '/nope/msg': No such file or directory\n");
  });

  it('is seen by those beside them when it happens, and stays when a container starts again', () => {
    const w = world({ workers: 1 });
    const counter = 'cat /data/n; echo again >> /data/n; sleep 30; exit 1';
    create(w, {
      ...emptyDir,
      containers: [
        shell(counter, at('/data')),
        shell('while true; do cat /data/late; sleep 10; done', { name: 'd', ...at('/data') }),
        shell('sleep 15; echo now > /data/late; sleep 100', { name: 'e', ...at('/data') }),
      ],
    });
    w.advance(25_000);
    expect(logOf(w, 'd')).toBe(
      "cat: can't open '/data/late': No such file or directory\ncat: can't open '/data/late': No such file or directory\nnow\n",
    );
    w.advance(6000);
    expect(logOf(w, 'c')).toBe('again\n');
  });

  it('never comes about where the writer is killed before', () => {
    const w = world({ workers: 1 });
    create(w, { ...emptyDir, restartPolicy: 'Never', activeDeadlineSeconds: 5, containers: [shell('sleep 20; echo x > /data/f', at('/data'))] });
    w.advance(30_000);
    const { uid } = (w.object('core/pods/default/p') as KubeObject).metadata;
    expect(w.state.runtime.get(`kubelet/${uid}`)).not.toHaveProperty('written.0');
  });

  it('outlives the pod where a claim holds it', () => {
    const w = world({ workers: 1 });
    w.create({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'data', namespace: 'default' },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
    } as KubeObject);
    const volumes = [{ name: 'v', persistentVolumeClaim: { claimName: 'data' } }];
    create(w, { volumes, restartPolicy: 'Never', containers: [shell('echo kept > /data/f', at('/data'))] });
    remove(w);
    create(w, { volumes, restartPolicy: 'Never', containers: [shell('cat /mnt/f', at('/mnt'))] });
    expect(log(w).body).toBe('kept\n');
    remove(w);
    w.request('DELETE', '/api/v1/namespaces/default/persistentvolumeclaims/data');
    w.advance(10_000);
    expect([...w.state.runtime.keys('disk/')]).toEqual([]);
  });
});

it('what a postStart hook leaves is there for probes', () => {
  const w = world({ workers: 1 });
  const lifecycle = { postStart: { exec: { command: ['sh', '-c', 'echo Hello > /usr/share/message'] } } };
  const readinessProbe = { exec: { command: ['cat', '/usr/share/message'] } };
  create(w, { containers: [nginx({ lifecycle, readinessProbe })] });
  expect(w.object('core/pods/default/p')?.status.containerStatuses[0].ready).toBe(true);
});

it('a variable out of a file that an init container has written', () => {
  const w = world({ workers: 1 });
  const env = (key: string, optional: boolean) => [{ name: 'X', valueFrom: { fileKeyRef: { volumeName: 'v', path: 'app.env', key, optional } } }];
  const spec = (key: string, optional = false) => ({
    ...emptyDir,
    restartPolicy: 'Never',
    initContainers: [shell("echo GREETING=\\'hello\\' > /work/app.env", { name: 'i', ...at('/work') })],
    containers: [shell('echo $X.', { env: env(key, optional) })],
  });
  create(w, spec('GREETING'));
  expect(log(w, '?container=c').body).toBe('hello.\n');
  remove(w);
  create(w, spec('OTHER', true));
  expect(log(w, '?container=c').body).toBe('.\n');
  remove(w);
  create(w, spec('OTHER'));
  expect(w.object('core/pods/default/p')?.status.containerStatuses[0].state.waiting).toEqual({
    reason: 'CreateContainerConfigError',
    message: 'environment variable key "OTHER" not found in file "app.env"',
  });
});
