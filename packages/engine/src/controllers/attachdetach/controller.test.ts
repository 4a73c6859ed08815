import { describe, expect, test } from 'vitest';
import { type World, world } from '../../../testing/world.ts';

const pod = (name: string, nodeName: string, claimName = 'c') => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'default' },
  spec: {
    nodeName,
    terminationGracePeriodSeconds: 1,
    containers: [{ name: 'c', image: 'nginx' }],
    volumes: [{ name: 'd', persistentVolumeClaim: { claimName } }],
  },
});

function disk(accessMode: string): World {
  const w = world({ timing: 'realistic' });
  w.create({ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'fast' }, provisioner: 'disk.example.com' });
  const spec = { accessModes: [accessMode], storageClassName: 'fast', resources: { requests: { storage: '1Gi' } } };
  w.create({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'c', namespace: 'default' }, spec });
  w.advance(5000);
  return w;
}
const attachments = (w: World): string[] =>
  w.objects('storage.k8s.io/volumeattachments').map(({ spec, status }) => `${spec.nodeName} ${status?.attached ?? false}`);
const phase = (w: World, name: string): string => w.object(`core/pods/default/${name}`)?.status.phase;
const told = (w: World, name: string): string[] =>
  w
    .objects('core/events')
    .filter((e) => e.involvedObject.name === name && /AttachVolume/.test(e.reason))
    .map((e) => `${e.reason}: ${e.message.replace(/pvc-[0-9a-f-]+/, 'V')}`);

test('a disk is attached before its pod starts, and detached after the last one', () => {
  const w = disk('ReadWriteOnce');
  w.create(pod('p', 'vivakube-worker'));
  expect([phase(w, 'p'), ...attachments(w)]).toEqual(['Pending', 'vivakube-worker false']);
  w.advance(15_000);
  expect([phase(w, 'p'), ...attachments(w)]).toEqual(['Running', 'vivakube-worker true']);
  expect(told(w, 'p')).toEqual(['SuccessfulAttachVolume: AttachVolume.Attach succeeded for volume "V" ']);
  expect(w.object('core/nodes//vivakube-worker')?.status.volumesAttached).toEqual([
    { name: expect.stringMatching(/^kubernetes.io\/csi\/disk.example.com\^pvc-/), devicePath: '' },
  ]);
  w.create(pod('q', 'vivakube-worker'));
  w.request('DELETE', '/api/v1/namespaces/default/pods/p');
  w.advance(15_000);
  expect([phase(w, 'q'), ...attachments(w)]).toEqual(['Running', 'vivakube-worker true']);
  w.request('DELETE', '/api/v1/namespaces/default/pods/q');
  w.advance(15_000);
  expect(attachments(w)).toEqual([]);
  expect(w.object('core/nodes//vivakube-worker')?.status.volumesAttached).toBeUndefined();
  expect([...w.state.runtime.keys('attach/'), ...w.state.runtime.keys('failure/')]).toEqual([]);
});

test('a disk is on one node at a time', () => {
  const w = disk('ReadWriteOnce');
  w.create(pod('p', 'vivakube-worker'));
  w.advance(15_000);
  w.create(pod('q', 'vivakube-worker2'));
  w.advance(60_000);
  expect([phase(w, 'q'), ...attachments(w)]).toEqual(['Pending', 'vivakube-worker true']);
  expect(told(w, 'q')).toEqual(['FailedAttachVolume: Multi-Attach error for volume "V" Volume is already used by pod(s) p']);
  w.request('DELETE', '/api/v1/namespaces/default/pods/p');
  w.advance(20_000);
  expect([phase(w, 'q'), ...attachments(w)]).toEqual(['Running', 'vivakube-worker2 true']);
});

test('unless it is shared', () => {
  const w = disk('ReadWriteMany');
  w.create(pod('p', 'vivakube-worker'));
  w.create(pod('q', 'vivakube-worker2'));
  w.advance(20_000);
  expect([phase(w, 'p'), phase(w, 'q'), ...attachments(w).sort()]).toEqual(['Running', 'Running', 'vivakube-worker true', 'vivakube-worker2 true']);
});

describe('a disk on a node that nobody hears of', () => {
  function lost(): World {
    const w = disk('ReadWriteOnce');
    w.create(pod('p', 'vivakube-worker'));
    w.advance(15_000);
    fault(w, 'Down');
    w.advance(60_000);
    w.request('DELETE', '/api/v1/namespaces/default/pods/p?gracePeriodSeconds=0');
    w.create(pod('q', 'vivakube-worker2'));
    return w;
  }
  const patch = (w: World, body: object): number =>
    w.request('PATCH', '/api/v1/nodes/vivakube-worker', body, { contentType: 'application/merge-patch+json' }).code;
  const fault = (w: World, value: string | null): number => patch(w, { metadata: { annotations: { 'sim.vivakube.dev/fault': value } } });

  test('is detached by force after six minutes', () => {
    const w = lost();
    w.advance(350_000);
    expect([phase(w, 'q'), ...attachments(w)]).toEqual(['Pending', 'vivakube-worker true']);
    expect(told(w, 'q')).toEqual([
      'FailedAttachVolume: Multi-Attach error for volume "V" Volume is already exclusively attached to one node and can\'t be attached to another',
    ]);
    w.advance(30_000);
    expect([phase(w, 'q'), ...attachments(w)]).toEqual(['Running', 'vivakube-worker2 true']);
    expect([...w.state.runtime.keys('detach/'), ...w.state.runtime.keys('failure/')]).toEqual([]);
  });

  test('at once when the node is back', () => {
    const w = lost();
    w.advance(10_000);
    fault(w, null);
    w.advance(20_000);
    expect([phase(w, 'q'), ...attachments(w)]).toEqual(['Running', 'vivakube-worker2 true']);
  });

  test('or when somebody declares it out of service', () => {
    const w = lost();
    const taints = w.object('core/nodes//vivakube-worker')?.spec.taints ?? [];
    patch(w, { spec: { taints: [...taints, { key: 'node.kubernetes.io/out-of-service', value: 'nodeshutdown', effect: 'NoExecute' }] } });
    w.advance(20_000);
    expect([phase(w, 'q'), ...attachments(w)]).toEqual(['Running', 'vivakube-worker2 true']);
  });
});
