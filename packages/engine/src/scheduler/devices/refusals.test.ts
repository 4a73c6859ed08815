import { describe, expect, it } from 'vitest';
import {
  allocationOn,
  claim,
  claimIn,
  cluster,
  deviceClass,
  exactly,
  given,
  node,
  nodeOf,
  PREEMPTION,
  phaseOf,
  remove,
  setStatus,
  slice,
  twoNodes,
  using,
  whyPending,
} from '../../../testing/devices.ts';

describe('what stands in the way is said', () => {
  it('a class that is not there, until it is', () => {
    const w = cluster(...twoNodes(), claim('c', { requests: [exactly({ deviceClassName: 'other' })] }));
    w.create(using('a', 'c') as never);
    expect(whyPending(w, 'a')).toBe(
      `0/3 nodes are available: request gpu: device class other does not exist. no new claims to deallocate, ${PREEMPTION}`,
    );
    w.create(deviceClass('other') as never);
    expect(phaseOf(w, 'a')).toBe('Running');
  });

  it('a selector that fails', () => {
    const w = cluster(
      ...twoNodes(),
      claim('c', { requests: [exactly({ selectors: [{ cel: { expression: 'device.attributes["x.com"].y == "z"' } }] })] }),
    );
    w.create(using('a', 'c') as never);
    expect(whyPending(w, 'a')).toMatch(
      /^running "DynamicResources" filter plugin: claim default\/c: selector #0 on device gpu.example.com\/(one|two)\/gpu-0: CEL runtime error: no such key: y. consider using CEL optional chaining/,
    );
  });

  it('a claim whose devices are elsewhere gives them back where nobody uses them', () => {
    const w = cluster(...twoNodes(), claim('c'));
    w.create(using('a', 'c', { nodeSelector: { 'kubernetes.io/hostname': node(1) } }) as never);
    w.create(using('b', 'c', { nodeSelector: { 'kubernetes.io/hostname': node(2) } }) as never);
    expect(whyPending(w, 'b')).toBe(
      `0/3 nodes are available: 1 node(s) had untolerated taint(s), 1 node(s) didn't match Pod's node affinity/selector, 1 resourceclaim not available on the node. still not schedulable, ${PREEMPTION}`
        .split('. still')
        .map((part, i) => (i === 0 ? part.replace(/: (.*)$/, (_all, list: string) => `: ${list.split(', ').sort().join(', ')}`) : part))
        .join('. still'),
    );
    remove(w, 'a');
    expect([nodeOf(w, 'b'), given(w, 'c').length]).toEqual([node(2), 1]);
  });

  it('a claim that nobody uses gives back devices that are out of reach', () => {
    const w = cluster(...twoNodes(), claim('c'));
    setStatus(w, 'c', { allocation: allocationOn(1) });
    w.create(using('a', 'c', { nodeSelector: { 'kubernetes.io/hostname': node(2) } }) as never);
    expect(w.objects('core/events').find(({ reason }) => reason === 'FailedScheduling')?.message).toContain(
      `1 resourceclaim not available on the node. deallocation of ResourceClaim completed, ${PREEMPTION}`,
    );
    expect([nodeOf(w, 'a'), given(w, 'c')]).toEqual([node(2), ['gpu: two/gpu-0']]);
  });

  it('a claim with as many users as there may be', () => {
    const w = cluster(...twoNodes(), claim('c'));
    const users = Array.from({ length: 256 }, (_, i) => ({ apiGroup: 'example.com', resource: 'jobs', name: `job-${i}`, uid: `uid-${i}` }));
    setStatus(w, 'c', { allocation: allocationOn(1), reservedFor: users });
    w.create(using('a', 'c') as never);
    expect(whyPending(w, 'a')).toBe(`0/3 nodes are available: resourceclaim in use. no new claims to deallocate, ${PREEMPTION}`);
    setStatus(w, 'c', { allocation: allocationOn(1), reservedFor: users.slice(1) });
    expect(phaseOf(w, 'a')).toBe('Running');
  });

  it('a device that is described twice', () => {
    const w = cluster(slice('one', { nodeName: node(1) }, [{ name: 'gpu-0' }], {}, { resourceSliceCount: 2 }), claim('c'));
    w.create({ ...slice('again', { nodeName: node(1) }, [{ name: 'gpu-0' }], {}, { name: 'one', resourceSliceCount: 2 }) } as never);
    w.create(using('a', 'c') as never);
    expect(whyPending(w, 'a')).toContain('1 invalid resource pools were encountered');
  });

  it('a pod on a node of its own choice waits for devices that nobody gives it', () => {
    const w = cluster(...twoNodes(), claim('c'));
    w.create(using('a', 'c', { nodeName: node(1) }) as never);
    const event = w.objects('core/events').find(({ reason }) => reason === 'FailedPrepareDynamicResources');
    expect(event?.message).toMatch(
      /^Failed to prepare dynamic resources: prepare dynamic resources: pod a \(.*\) is not allowed to use ResourceClaim c \(.*\)$/,
    );
    w.create(using('b', 'c', { nodeSelector: { 'kubernetes.io/hostname': node(1) } }) as never);
    expect([phaseOf(w, 'a'), phaseOf(w, 'b')]).toEqual(['Running', 'Running']);
  });

  it('admin access is for labelled namespaces, and takes nothing from anybody', () => {
    const w = cluster(slice('one', { nodeName: node(1) }, [{ name: 'gpu-0' }]), claim('c'));
    w.create(using('a', 'c') as never);
    const watching = claim('watch', { requests: [exactly({ adminAccess: true, allocationMode: 'All' })] });
    const path = '/apis/resource.k8s.io/v1/namespaces/default/resourceclaims';
    expect(w.request('POST', path, watching).body.message).toBe(
      'ResourceClaim.resource.k8s.io "watch" is invalid: spec.devices.requests[0].adminAccess: Forbidden: admin access to devices requires the `resource.kubernetes.io/admin-access: true` label on the containing namespace',
    );
    w.request(
      'PATCH',
      '/api/v1/namespaces/default',
      { metadata: { labels: { 'resource.kubernetes.io/admin-access': 'true' } } },
      { contentType: 'application/merge-patch+json' },
    );
    w.create(watching as never);
    w.create(using('b', 'watch') as never);
    expect([phaseOf(w, 'b'), claimIn(w, 'watch')?.status.allocation.devices.results[0].adminAccess]).toEqual(['Running', true]);
  });
});
