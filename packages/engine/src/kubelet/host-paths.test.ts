import { expect, test } from 'vitest';
import { seen, told } from '../../testing/transcript.ts';
import { type World, world } from '../../testing/world.ts';
import type { KubeObject } from '../core/object.ts';

const NODE = 'vivakube-worker';

function pod(w: World, name: string, path: string, type?: string, node = NODE): void {
  const volumes = [{ name: 'v', hostPath: { path, ...(type === undefined ? {} : { type }) } }];
  const spec = { nodeName: node, containers: [{ name: 'c', image: 'nginx' }], volumes };
  w.create({ apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'default' }, spec } as KubeObject);
}

const RUNNING = 'Running | c running ready';
const failed = (why: string): string => `FailedMount: MountVolume.SetUp failed for volume "v" : ${why}`;

test.each([
  ['/data', 'Directory', "hostPath /data doesn't exist"],
  ['/var/lib/kubelet', 'Directory', undefined],
  ['/var/lib/kubelet/', 'Directory', undefined],
  ['/sys/class/net', 'Directory', undefined],
  ['/etc/hosts', 'Directory', "hostPath type check failed: /etc/hosts is not a directory, it's a File"],
  ['/etc/hosts', 'DirectoryOrCreate', "hostPath type check failed: /etc/hosts is not a directory, it's a File"],
  ['/etc/hosts', 'File', undefined],
  ['/etc', 'File', "hostPath type check failed: /etc is not a file, it's a Directory"],
  ['/run/containerd/containerd.sock', 'Socket', undefined],
  ['/var/run/docker.sock', 'Socket', "hostPath /var/run/docker.sock doesn't exist"],
  ['/dev/null', 'CharDevice', undefined],
  ['/dev/null', 'BlockDevice', "hostPath type check failed: /dev/null is not a block device, it's a CharDevice"],
  ['/data', '', undefined],
  ['/data', 'DirectoryOrCreate', undefined],
  ['/data/log', 'FileOrCreate', undefined],
])('%s as %s', (path, type, problem) => {
  const w = world({ workers: 1 });
  pod(w, 'p', path, type);
  if (problem === undefined) expect(seen(w, 'p')).toBe(RUNNING);
  else expect(told(w, 'p')).toEqual([failed(problem)]);
});

test('what one pod makes, others of the node find; not those of another, and not of the node that takes its place', () => {
  const w = world({ workers: 2 });
  pod(w, 'reader', '/data/logs', 'Directory');
  expect(seen(w, 'reader')).toBe('Pending | c ContainerCreating');
  pod(w, 'elsewhere', '/data/logs', 'DirectoryOrCreate', 'vivakube-worker2');
  w.advance(130_000);
  expect(seen(w, 'reader')).toBe('Pending | c ContainerCreating');
  pod(w, 'writer', '/data/logs/today', 'FileOrCreate');
  w.advance(130_000);
  expect(seen(w, 'reader')).toBe(RUNNING);
});
