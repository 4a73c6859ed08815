import { describe, expect, it } from 'vitest';
import {
  claim,
  claimIn,
  claims,
  cluster,
  device,
  deviceClass,
  exactly,
  GPUS,
  given,
  made,
  node,
  nodeOf,
  PREEMPTION,
  phaseOf,
  remove,
  slice,
  template,
  twoNodes,
  using,
  whyPending,
} from '../../../testing/devices.ts';
import type { KubeObject } from '../../core/object.ts';

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

  it('that is to come holds its pod back without a word, unless it is asked why', () => {
    const w = cluster(...twoNodes());
    w.create(using('a', 'c') as never);
    expect([phaseOf(w, 'a'), whyPending(w, 'a')]).toEqual(['Pending', undefined]);
    expect(w.request('GET', '/apis/sim.vivakube.dev/v1/namespaces/default/schedulingexplanations/a').body).toMatchObject({
      result: 'Unschedulable',
      message: 'could not find ResourceClaim "default/c"',
      smallestChange: 'create ResourceClaim c',
    });
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
