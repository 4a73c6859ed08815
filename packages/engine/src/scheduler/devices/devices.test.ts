import { describe, expect, it } from 'vitest';
import { type World, world } from '../../../testing/world.ts';
import type { KubeObject } from '../../core/object.ts';

const GPUS = { name: 'gpu.example.com' };
const node = (i: number): string => `vivakube-worker${i === 1 ? '' : i}`;

interface Gpu {
  name: string;
  model?: string;
  memory?: string;
  numa?: number;
  taints?: object[];
  consumesCounters?: object[];
}

const device = ({ name, model = 'a100', memory = '40Gi', numa = 0, ...rest }: Gpu) => ({
  name,
  attributes: { model: { string: model }, 'example.com/numa': { int: numa }, driver: { version: '1.2.3' } },
  capacity: { memory: { value: memory } },
  ...rest,
});

const slice = (name: string, place: object, gpus: readonly Gpu[], more: object = {}, pool: object = {}) => ({
  apiVersion: 'resource.k8s.io/v1',
  kind: 'ResourceSlice',
  metadata: { name },
  spec: {
    driver: GPUS.name,
    pool: { name, resourceSliceCount: 1, generation: 1, ...pool },
    ...place,
    ...(gpus.length > 0 ? { devices: gpus.map(device) } : {}),
    ...more,
  },
});

const deviceClass = (name = GPUS.name, spec: object = {}) => ({
  apiVersion: 'resource.k8s.io/v1',
  kind: 'DeviceClass',
  metadata: { name },
  spec: { selectors: [{ cel: { expression: `device.driver == "${GPUS.name}"` } }], ...spec },
});

const exactly = (more: object = {}, name = 'gpu') => ({ name, exactly: { deviceClassName: GPUS.name, ...more } });
const claim = (name: string, devices: object = { requests: [exactly()] }, namespace = 'default') => ({
  apiVersion: 'resource.k8s.io/v1',
  kind: 'ResourceClaim',
  metadata: { name, namespace },
  spec: { devices },
});

const template = (name: string, devices: object = { requests: [exactly()] }) => ({
  apiVersion: 'resource.k8s.io/v1',
  kind: 'ResourceClaimTemplate',
  metadata: { name, namespace: 'default' },
  spec: { metadata: { labels: { from: name } }, spec: { devices } },
});

const pod = (name: string, source: object, more: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'default' },
  spec: {
    resourceClaims: [{ name: 'gpu', ...source }],
    containers: [{ name: 'c', image: 'nginx', resources: { claims: [{ name: 'gpu' }] } }],
    ...more,
  },
});
const using = (name: string, claimName: string, more: object = {}) => pod(name, { resourceClaimName: claimName }, more);
const made = (name: string, templateName: string, more: object = {}) => pod(name, { resourceClaimTemplateName: templateName }, more);

function cluster(...objects: object[]): World {
  const w = world({ workers: 2 });
  for (const object of [deviceClass(), ...objects]) w.create(object as never);
  return w;
}

const twoNodes = () => [
  slice('one', { nodeName: node(1) }, [{ name: 'gpu-0' }]),
  slice('two', { nodeName: node(2) }, [{ name: 'gpu-0' }, { name: 'gpu-1' }]),
];
const nodeOf = (w: World, name: string): string | undefined => w.object(`core/pods/default/${name}`)?.spec.nodeName;
const phaseOf = (w: World, name: string): string | undefined => w.object(`core/pods/default/${name}`)?.status.phase;
const claimIn = (w: World, name: string) => w.object(`resource.k8s.io/resourceclaims/default/${name}`);
const claims = (w: World) => w.objects('resource.k8s.io/resourceclaims', 'default');
const given = (w: World, name: string): string[] =>
  (claimIn(w, name)?.status?.allocation?.devices.results ?? []).map(
    (r: { request: string; pool: string; device: string }) => `${r.request}: ${r.pool}/${r.device}`,
  );
const whyPending = (w: World, name: string): string | undefined =>
  w.object(`core/pods/default/${name}`)?.status.conditions?.find((c: { type: string }) => c.type === 'PodScheduled')?.message;
const setStatus = (w: World, name: string, status: object) => {
  const path = `/apis/resource.k8s.io/v1/namespaces/default/resourceclaims/${name}/status`;
  const { code, body } = w.request('PATCH', path, { status }, { contentType: 'application/merge-patch+json' });
  expect([code, body.message]).toEqual([200, undefined]);
};
const allocationOn = (i: number) => ({
  devices: { results: [{ request: 'gpu', driver: GPUS.name, pool: 'one', device: 'gpu-0' }] },
  nodeSelector: { nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: [node(i)] }] }] },
});
const remove = (w: World, name: string) => w.request('DELETE', `/api/v1/namespaces/default/pods/${name}`);
const PREEMPTION = 'preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.';

describe('a claim', () => {
  it('is given a device where its pod goes, and loses it with the last pod', () => {
    const w = cluster(slice('one', { nodeName: node(1) }, [{ name: 'gpu-0' }]), claim('c'));
    expect(claimIn(w, 'c')?.status).toBeUndefined();
    w.create(using('a', 'c') as never);
    w.create(using('b', 'c') as never);
    expect([nodeOf(w, 'a'), phaseOf(w, 'a'), nodeOf(w, 'b')]).toEqual([node(1), 'Running', node(1)]);
    const { metadata, status } = claimIn(w, 'c') as KubeObject;
    expect(metadata).toMatchObject({ finalizers: ['resource.kubernetes.io/delete-protection'] });
    expect(status).toEqual({
      allocation: {
        devices: { results: [{ request: 'gpu', driver: GPUS.name, pool: 'one', device: 'gpu-0' }] },
        nodeSelector: { nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: [node(1)] }] }] },
      },
      reservedFor: ['a', 'b'].map((name) => ({ resource: 'pods', name, uid: w.object(`core/pods/default/${name}`)?.metadata.uid })),
    });
    remove(w, 'a');
    expect(given(w, 'c')).toEqual(['gpu: one/gpu-0']);
    remove(w, 'b');
    expect(claimIn(w, 'c')?.status?.allocation).toBeUndefined();
    expect(claimIn(w, 'c')?.metadata.finalizers).toBeUndefined();
  });

  it('that is deleted while in use goes once it is free', () => {
    const w = cluster(...twoNodes(), claim('c'));
    w.create(using('a', 'c') as never);
    w.request('DELETE', '/apis/resource.k8s.io/v1/namespaces/default/resourceclaims/c');
    expect(claimIn(w, 'c')?.metadata.deletionTimestamp).toBeDefined();
    remove(w, 'a');
    expect(claimIn(w, 'c')).toBeUndefined();
  });

  it('that is to come holds its pod back without a word', () => {
    const w = cluster(...twoNodes());
    w.create(using('a', 'c') as never);
    expect([phaseOf(w, 'a'), whyPending(w, 'a')]).toEqual(['Pending', undefined]);
    w.create(claim('c') as never);
    expect(phaseOf(w, 'a')).toBe('Running');
  });
});

describe('a template', () => {
  it('makes a claim for each pod, which goes with it', () => {
    const w = cluster(...twoNodes(), template('t'));
    for (const name of ['a', 'b', 'c']) w.create(made(name, 't') as never);
    expect(new Set(['a', 'b', 'c'].map((name) => phaseOf(w, name)))).toEqual(new Set(['Running']));
    expect(claims(w).map(({ metadata }) => metadata.name?.replace(/-[a-z0-9]{5}$/, ''))).toEqual(['a-gpu', 'b-gpu', 'c-gpu']);
    const [first] = claims(w);
    expect(first?.metadata).toMatchObject({ labels: { from: 't' }, annotations: { 'resource.kubernetes.io/pod-claim-name': 'gpu' } });
    expect(w.object('core/pods/default/a')?.status.resourceClaimStatuses).toEqual([{ name: 'gpu', resourceClaimName: first?.metadata.name }]);
    w.create(made('d', 't') as never);
    expect(whyPending(w, 'd')).toBe(
      `0/3 nodes are available: 1 node(s) had untolerated taint(s), 2 cannot allocate all claims. still not schedulable, ${PREEMPTION}`,
    );
    remove(w, 'b');
    expect(phaseOf(w, 'd')).toBe('Running');
    expect(claims(w).map(({ metadata }) => metadata.name?.slice(0, 5))).toEqual(['a-gpu', 'c-gpu', 'd-gpu']);
  });

  it('that is missing is told of', () => {
    const w = cluster();
    w.create(made('a', 't') as never);
    expect(w.objects('core/events').find(({ reason }) => reason === 'FailedResourceClaimCreation')?.message).toBe(
      'PodResourceClaim gpu: resource claim template "t": resourceclaimtemplate.resource.k8s.io "t" not found',
    );
    w.create(template('t') as never);
    w.create(slice('one', { nodeName: node(1) }, [{ name: 'gpu-0' }]) as never);
    w.advance(60_000);
    expect(phaseOf(w, 'a')).toBe('Running');
  });

  it('gives back the device of a pod that has ended', () => {
    const w = cluster(slice('one', { nodeName: node(1) }, [{ name: 'gpu-0' }]), template('t'));
    w.create(
      made('a', 't', {
        restartPolicy: 'Never',
        containers: [{ name: 'c', image: 'busybox', command: ['true'], resources: { claims: [{ name: 'gpu' }] } }],
      }) as never,
    );
    w.advance(60_000);
    expect([phaseOf(w, 'a'), claims(w)]).toEqual(['Succeeded', []]);
  });
});

describe('devices are chosen', () => {
  const mixed = () => [
    slice('one', { nodeName: node(1) }, [
      { name: 'gpu-0', model: 'a100', memory: '40Gi', numa: 0 },
      { name: 'gpu-1', model: 'h100', memory: '80Gi', numa: 0 },
      { name: 'gpu-2', model: 'h100', memory: '80Gi', numa: 1 },
      { name: 'gpu-3', model: 'h100', memory: '80Gi', numa: 1 },
    ]),
  ];
  const where = (expression: string) => ({ selectors: [{ cel: { expression } }] });
  const attribute = `device.attributes["${GPUS.name}"]`;
  const capacity = `device.capacity["${GPUS.name}"]`;
  const numa = { matchAttribute: 'example.com/numa' };
  it.each<[string, object, string[]]>([
    ['by an attribute', { requests: [exactly(where(`${attribute}.model == "h100"`))] }, ['gpu: one/gpu-1']],
    ['by a capacity', { requests: [exactly(where(`${capacity}.memory.compareTo(quantity("40Gi")) > 0`))] }, ['gpu: one/gpu-1']],
    ['by a version', { requests: [exactly(where(`${attribute}.driver.isGreaterThan(semver("1.2.0"))`))] }, ['gpu: one/gpu-0']],
    ['by a domain that says nothing', { requests: [exactly(where('!("x" in device.attributes["other.com"])'))] }, ['gpu: one/gpu-0']],
    ['several at once', { requests: [exactly({ count: 3 })] }, ['gpu: one/gpu-0', 'gpu: one/gpu-1', 'gpu: one/gpu-2']],
    [
      'all there are',
      { requests: [exactly({ allocationMode: 'All', ...where(`${attribute}.model == "h100"`) })] },
      ['gpu: one/gpu-1', 'gpu: one/gpu-2', 'gpu: one/gpu-3'],
    ],
    [
      'alike, though the first would not do',
      { requests: [exactly({ count: 2, ...where(`${attribute}.model == "h100"`) })], constraints: [numa] },
      ['gpu: one/gpu-2', 'gpu: one/gpu-3'],
    ],
    [
      'alike across requests',
      {
        requests: [exactly(where(`${attribute}.model == "h100"`), 'big'), exactly(where(`${attribute}.model == "a100"`), 'small')],
        constraints: [{ requests: ['big', 'small'], ...numa }],
      },
      ['big: one/gpu-1', 'small: one/gpu-0'],
    ],
    [
      'by what is available first',
      {
        requests: [
          {
            name: 'gpu',
            firstAvailable: [
              { name: 'many', deviceClassName: GPUS.name, count: 9 },
              { name: 'large', deviceClassName: GPUS.name, ...where(`${attribute}.model == "h100"`) },
              { name: 'any', deviceClassName: GPUS.name },
            ],
          },
        ],
      },
      ['gpu/large: one/gpu-1'],
    ],
  ])('%s', (_name, devices, expected) => {
    const w = cluster(...mixed(), claim('c', devices));
    w.create(using('a', 'c') as never);
    expect([given(w, 'c'), phaseOf(w, 'a')]).toEqual([expected, 'Running']);
  });

  it('anywhere, where the network reaches them', () => {
    const w = cluster(slice('net', { allNodes: true }, [{ name: 'gpu-0' }]), claim('c'));
    w.create(using('a', 'c') as never);
    expect(claimIn(w, 'c')?.status.allocation.nodeSelector).toBeUndefined();
    expect(phaseOf(w, 'a')).toBe('Running');
  });

  it('by the labels of nodes, device by device', () => {
    const selector = { nodeSelectorTerms: [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [node(2)] }] }] };
    const own = { ...device({ name: 'gpu-0' }), nodeSelector: selector };
    const w = cluster(slice('rack', { perDeviceNodeSelection: true }, [], { devices: [own] }), claim('c'));
    w.create(using('a', 'c') as never);
    expect([nodeOf(w, 'a'), claimIn(w, 'c')?.status.allocation.nodeSelector]).toEqual([node(2), selector]);
  });

  it('without taints, unless they are tolerated', () => {
    const taints = [{ key: 'broken', effect: 'NoSchedule' }];
    const w = cluster(
      slice('one', { nodeName: node(1) }, [{ name: 'gpu-0', taints }]),
      claim('c'),
      claim('d', { requests: [exactly({ tolerations: [{ key: 'broken', operator: 'Exists' }] })] }),
    );
    w.create(using('a', 'c') as never);
    w.create(using('b', 'd') as never);
    expect([phaseOf(w, 'a'), phaseOf(w, 'b')]).toEqual(['Pending', 'Running']);
  });

  it('as long as the card has parts left', () => {
    const part = (name: string, slots: string) => ({ name, consumesCounters: [{ counterSet: 'card', counters: { slots: { value: slots } } }] });
    const pool = { name: 'card', resourceSliceCount: 2 };
    const w = cluster(
      slice('counters', { nodeName: node(1) }, [], { sharedCounters: [{ name: 'card', counters: { slots: { value: '4' } } }] }, pool),
      slice('parts', { nodeName: node(1) }, [part('half-0', '2'), part('whole', '4'), part('half-1', '2')], {}, pool),
      ...['c', 'd', 'e'].map((name) => claim(name)),
    );
    for (const [name, of] of [
      ['a', 'c'],
      ['b', 'd'],
      ['f', 'e'],
    ] as const)
      w.create(using(name, of) as never);
    expect([given(w, 'c'), given(w, 'd'), given(w, 'e')]).toEqual([['gpu: card/half-0'], ['gpu: card/half-1'], []]);
  });

  it('from pools that are complete, of their latest generation', () => {
    const w = cluster(slice('half', { nodeName: node(1) }, [{ name: 'gpu-0' }], {}, { resourceSliceCount: 2 }), claim('c'));
    w.create(using('a', 'c') as never);
    expect(phaseOf(w, 'a')).toBe('Pending');
    w.create(slice('rest', { nodeName: node(1) }, [{ name: 'gpu-1' }], {}, { name: 'half', resourceSliceCount: 1, generation: 2 }) as never);
    expect(given(w, 'c')).toEqual(['gpu: half/gpu-1']);
  });

  it('with what class and claim say of their configuration', () => {
    const opaque = (mode: string) => ({ opaque: { driver: GPUS.name, parameters: { mode } } });
    const two = [exactly({}, 'a'), exactly({ deviceClassName: 'plain' }, 'b')];
    const w = cluster(
      ...twoNodes(),
      deviceClass('plain', { config: [opaque('class')] }),
      claim('c', { requests: two, config: [{ ...opaque('claim') }] }),
    );
    w.create(using('p', 'c') as never);
    expect(claimIn(w, 'c')?.status.allocation.devices.config).toEqual([
      { source: 'FromClass', requests: ['b'], ...opaque('class') },
      { source: 'FromClaim', ...opaque('claim') },
    ]);
  });
});

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
