import { describe, expect, it } from 'vitest';
import { cacheOf, node, place, pod } from './testing.ts';

const NOT_HELPFUL = (n: number, total = n) =>
  `no new claims to deallocate, preemption: 0/${total} nodes are available: ${n} Preemption is not helpful for scheduling.`;
const NO_VICTIMS = (n: number, total = n) =>
  `no new claims to deallocate, preemption: 0/${total} nodes are available: ${n} No preemption victims found for incoming pod.`;
const CONTROL_PLANE = { key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' };
const on = (name: string, nodeName: string, labels: Record<string, string> = {}, spec: object = {}) => pod(name, { nodeName, ...spec }, { labels });

const named = (...names: string[]) => {
  const matchFields = names.map((name) => ({ key: 'metadata.name', operator: 'In', values: [name] }));
  return { affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchFields }] } } } };
};

describe('refusals, in the words of kube-scheduler', () => {
  const nodes = [node('cp', { taints: [CONTROL_PLANE] }), node('w1'), node('w2')];
  it.each([
    [
      'too much cpu for any node',
      pod('p', {}, { requests: { cpu: '100' } }),
      nodes,
      `0/3 nodes are available: 1 node(s) had untolerated taint(s), 2 Insufficient cpu. ${NOT_HELPFUL(3)}`,
    ],
    [
      'a device nobody has',
      pod('p', {}, { requests: { 'nvidia.com/gpu': '1' } }),
      [node('w1')],
      `0/1 nodes are available: 1 Insufficient nvidia.com/gpu. ${NOT_HELPFUL(1)}`,
    ],
    [
      'several resources at once',
      pod('p', {}, { requests: { cpu: '5', memory: '9Gi' } }),
      [node('w1')],
      `0/1 nodes are available: 1 Insufficient cpu, 1 Insufficient memory. ${NOT_HELPFUL(1)}`,
    ],
    [
      'node selector',
      pod('p', { nodeSelector: { disk: 'ssd' } }),
      nodes,
      `0/3 nodes are available: 1 node(s) had untolerated taint(s), 2 node(s) didn't match Pod's node affinity/selector. ${NOT_HELPFUL(3)}`,
    ],
    [
      'a node by its name, as a daemon set asks for it',
      pod('p', named('w1'), { requests: { cpu: '5' } }),
      nodes,
      `0/3 nodes are available: 1 Insufficient cpu, 2 node(s) didn't satisfy plugin(s) [NodeAffinity]. ${NOT_HELPFUL(3)}`,
    ],
    [
      'a node that is not there',
      pod('p', named('gone')),
      nodes,
      `0/3 nodes are available: 3 node(s) didn't satisfy plugin(s) [NodeAffinity]. ${NOT_HELPFUL(3)}`,
    ],
    ['two names at once', pod('p', named('w1', 'w2')), nodes, `0/3 nodes are available: pod affinity terms conflict. ${NOT_HELPFUL(3)}`],
    ['cordoned', pod('p'), [node('w1', { unschedulable: true })], `0/1 nodes are available: 1 node(s) were unschedulable. ${NOT_HELPFUL(1)}`],
    [
      'preemption is declined',
      pod('p', { preemptionPolicy: 'Never' }, { requests: { cpu: '5' } }),
      [node('w1')],
      '0/1 nodes are available: 1 Insufficient cpu. no new claims to deallocate, preemption: not eligible due to preemptionPolicy=Never.',
    ],
  ])('%s', (_name, wanted, among, sentence) => {
    expect(place(wanted, among)).toBe(sentence);
  });

  it('full by others: preemption would be conceivable', () => {
    const full = pod('full', { nodeName: 'w1' }, { requests: { cpu: '3500m' } });
    expect(place(pod('p', {}, { requests: { cpu: '1' } }), [node('w1')], [full])).toBe(
      `0/1 nodes are available: 1 Insufficient cpu. ${NO_VICTIMS(1)}`,
    );
  });

  it('too many pods', () => {
    expect(place(pod('p'), [node('w1', { allocatable: { pods: '1' } })], [on('a', 'w1')])).toBe(
      `0/1 nodes are available: 1 Too many pods. ${NO_VICTIMS(1)}`,
    );
  });

  it('a host port in use, by whatever address', () => {
    const asks = (hostIP?: string) => ({ containers: [{ name: 'c', ports: [{ containerPort: 80, hostPort: 80, ...(hostIP ? { hostIP } : {}) }] }] });
    const taken = pod('a', { nodeName: 'w1', ...asks('10.0.0.1') });
    expect(place(pod('p', asks()), [node('w1')], [taken])).toBe(
      `0/1 nodes are available: 1 node(s) didn't have free ports for the requested pod ports. ${NO_VICTIMS(1)}`,
    );
    expect(place(pod('p', asks('10.0.0.2')), [node('w1')], [taken])).toBe('w1');
  });

  it('no node at all', () => expect(place(pod('p'), [])).toBe('no nodes'));
});

describe('tolerations', () => {
  const tainted = [node('w1', { taints: [{ key: 'a', value: 'x', effect: 'NoSchedule' }] })];
  it.each([
    [{ key: 'a', operator: 'Exists' }, true],
    [{ key: 'a', value: 'x', effect: 'NoSchedule' }, true],
    [{ key: 'a', value: 'y' }, false],
    [{ operator: 'Exists' }, true],
    [{ key: 'a', operator: 'Exists', effect: 'NoExecute' }, false],
  ])('%j tolerates: %s', (toleration, tolerated) => {
    expect(place(pod('p', { tolerations: [toleration] }), tainted) === 'w1').toBe(tolerated);
  });

  it('PreferNoSchedule is avoided but no obstacle', () => {
    const soft = { taints: [{ key: 'a', effect: 'PreferNoSchedule' }] };
    expect(place(pod('p'), [node('w1', soft), node('w2')])).toBe('w2');
    expect(place(pod('p'), [node('w1', soft)])).toBe('w1');
  });
});

describe('node affinity', () => {
  const required = (...terms: object[]) => ({
    affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms } } },
  });
  const nodes = [node('a', { labels: { disk: 'ssd', cores: '8' } }), node('b', { labels: { disk: 'hdd', cores: '16' } })];
  it.each([
    [[{ key: 'disk', operator: 'In', values: ['hdd'] }], 'b'],
    [[{ key: 'disk', operator: 'NotIn', values: ['hdd'] }], 'a'],
    [[{ key: 'cores', operator: 'Gt', values: ['8'] }], 'b'],
    [[{ key: 'cores', operator: 'Lt', values: ['16'] }], 'a'],
  ])('%j', (matchExpressions, expected) => {
    expect(place(pod('p', required({ matchExpressions })), nodes)).toBe(expected);
  });

  it('by name, as DaemonSets do it', () => {
    expect(place(pod('p', required({ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['b'] }] })), nodes)).toBe('b');
  });

  it('terms are alternatives, an empty one selects nothing', () => {
    expect(place(pod('p', required({}, { matchExpressions: [{ key: 'disk', operator: 'Exists' }] })), nodes)).toMatch(/^[ab]$/);
    expect(place(pod('p', required({})), nodes)).toContain("2 node(s) didn't match Pod's node affinity/selector");
  });

  it('a preference decides between nodes that fit', () => {
    const preferred = [{ weight: 10, preference: { matchExpressions: [{ key: 'disk', operator: 'In', values: ['hdd'] }] } }];
    expect(place(pod('p', { affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: preferred } } }), nodes)).toBe('b');
  });
});

describe('spreading', () => {
  const zones = [node('a', { labels: { zone: 'x' } }), node('b', { labels: { zone: 'x' } }), node('c', { labels: { zone: 'y' } })];
  const labels = { app: 'web' };
  const spread = (extra: object = {}) => ({
    topologySpreadConstraints: [
      { maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule', labelSelector: { matchLabels: labels }, ...extra },
    ],
  });

  it('keeps zones within the skew', () => {
    expect(place(pod('p', spread(), { labels }), zones, [on('1', 'a', labels)])).toBe('c');
  });

  it('says so where it cannot', () => {
    const tight = [node('a', { labels: { zone: 'x' } }), node('c', { labels: { zone: 'y' }, unschedulable: true }), node('d')];
    expect(place(pod('p', spread(), { labels }), tight, [on('1', 'a', labels)])).toBe(
      "0/3 nodes are available: 1 node(s) didn't match pod topology spread constraints, 1 node(s) didn't match pod topology spread constraints (missing required label), " +
        '1 node(s) were unschedulable. no new claims to deallocate, preemption: 0/3 nodes are available: 1 No preemption victims found for incoming pod, 2 Preemption is not helpful for scheduling.',
    );
  });

  it('counts only the nodes that the pod could go to, unless told otherwise', () => {
    const pools = [
      node('a', { labels: { zone: 'x', pool: 'p' } }),
      node('b', { labels: { zone: 'y', pool: 'p' } }),
      node('c', { labels: { zone: 'z' } }),
    ];
    const there = [on('1', 'a', labels), on('2', 'b', labels)];
    const wanted = (extra: object) => pod('p', { nodeSelector: { pool: 'p' }, ...spread(extra) }, { labels });
    expect(place(wanted({}), pools, there)).toMatch(/^[ab]$/);
    expect(place(wanted({ nodeAffinityPolicy: 'Ignore' }), pools, there)).toContain("2 node(s) didn't match pod topology spread constraints");
  });

  it('counts tainted nodes, unless told otherwise', () => {
    const tainted = [node('a', { labels: { zone: 'x' } }), node('b', { labels: { zone: 'y' }, taints: [CONTROL_PLANE] })];
    const there = [on('1', 'a', labels)];
    expect(place(pod('p', spread(), { labels }), tainted, there)).toContain("1 node(s) didn't match pod topology spread constraints");
    expect(place(pod('p', spread({ nodeTaintsPolicy: 'Honor' }), { labels }), tainted, there)).toBe('a');
  });

  it('counts pods of the same template only, where its hash is a key', () => {
    const there = [on('1', 'a', { ...labels, hash: 'old' }), on('2', 'b', { ...labels, hash: 'old' })];
    const wanted = pod('p', spread({ matchLabelKeys: ['hash'] }), { labels: { ...labels, hash: 'new' } });
    expect(place(wanted, zones, [...there, on('3', 'c', { ...labels, hash: 'new' })])).toMatch(/^[ab]$/);
  });

  it('prefers what is less crowded where it only would like to', () => {
    const soft = spread({ whenUnsatisfiable: 'ScheduleAnyway' });
    expect(place(pod('p', soft, { labels }), zones, [on('1', 'a', labels), on('2', 'b', labels)])).toBe('c');
  });

  it('counts a missing domain as empty', () => {
    expect(place(pod('p', spread({ minDomains: 3 }), { labels }), zones, [on('1', 'a', labels), on('2', 'c', labels)])).toContain(
      'pod topology spread constraints',
    );
  });

  it('leaves pods on their way out aside', () => {
    const leaving = on('1', 'c', labels);
    leaving.metadata.deletionTimestamp = '2026-01-01T00:00:00Z';
    expect(place(pod('p', spread(), { labels }), zones, [leaving, on('2', 'a', labels)])).toBe('c');
  });

  it('a workload without constraints is spread over nodes all the same', () => {
    const service = { kind: 'Service', apiVersion: 'v1', metadata: { name: 's', namespace: 'default' }, spec: { selector: labels } };
    const existing = [on('1', 'a', labels), on('2', 'b', labels)];
    expect(place(pod('p', {}, { labels }), zones, existing, [service])).toBe('c');
  });
});

describe('pods near and far from pods', () => {
  const nodes = [node('a'), node('b')];
  const term = { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: 'web' } } };
  const near = { affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } } };
  const far = { affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } } };
  const web = { app: 'web' };

  it('near', () => expect(place(pod('p', near), nodes, [on('1', 'b', web)])).toBe('b'));
  it('the first of a group goes anywhere', () => expect(place(pod('p', near, { labels: web }), nodes)).toMatch(/^[ab]$/));
  it('nobody to be near to', () => expect(place(pod('p', near), nodes)).toContain("2 node(s) didn't match pod affinity rules"));
  it('far', () => expect(place(pod('p', far), nodes, [on('1', 'b', web)])).toBe('a'));
  it('nowhere far enough', () =>
    expect(place(pod('p', far), nodes, [on('1', 'a', web), on('2', 'b', web)])).toContain("2 node(s) didn't match pod anti-affinity rules"));
  it('those who are there may object', () => {
    expect(place(pod('p', {}, { labels: web }), nodes, [on('1', 'a', {}, far), on('2', 'b', {}, far)])).toContain(
      "2 node(s) didn't satisfy existing pods anti-affinity rules",
    );
  });
  it('a preference', () => {
    const preferred = {
      affinity: { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: term }] } },
    };
    expect(place(pod('p', preferred), nodes, [on('1', 'a', web)])).toBe('b');
  });
  it('near in namespaces with some label', () => {
    const other = on('1', 'b', web);
    other.metadata.namespace = 'other';
    const namespaces = [{ kind: 'Namespace', apiVersion: 'v1', metadata: { name: 'other', labels: { team: 'x' } } }];
    const wanted = (team: string) => {
      const namespaceSelector = { matchLabels: { team } };
      return pod('p', { affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ ...term, namespaceSelector }] } } });
    };
    expect(place(wanted('x'), nodes, [other], namespaces)).toBe('b');
    expect(place(wanted('y'), nodes, [other], namespaces)).toContain("didn't match pod affinity rules");
  });
  it('far from other tenants only', () => {
    const tenants = { matchExpressions: [{ key: 'tenant', operator: 'Exists' }] };
    const wanted = pod(
      'p',
      {
        affinity: {
          podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ ...term, labelSelector: tenants, mismatchLabelKeys: ['tenant'] }] },
        },
      },
      { labels: { tenant: 'x' } },
    );
    expect(place(wanted, nodes, [on('1', 'a', { tenant: 'x' }), on('2', 'b', { tenant: 'y' })])).toBe('a');
  });
  it('in other namespaces only where they are asked for', () => {
    const other = on('1', 'b', web);
    other.metadata.namespace = 'other';
    expect(place(pod('p', near), nodes, [other])).toContain("didn't match pod affinity rules");
    expect(
      place(
        pod('p', { affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ ...term, namespaces: ['other'] }] } } }),
        nodes,
        [other],
      ),
    ).toBe('b');
  });
});

describe('the cache', () => {
  it('forgets exactly what it was told', () => {
    const nodes = [node('a'), node('b')];
    const existing = [pod('1', { nodeName: 'a' }, { requests: { cpu: '500m', memory: '1Gi', 'x.io/y': '2' } }), pod('2', { nodeName: 'b' })];
    const cache = cacheOf(nodes, existing);
    const a = cache.node('a');
    expect([a?.requestedMilliCpu, a?.requestedMemoryBytes, a?.scoredMilliCpu, a?.requestedScalars.get('x.io/y')]).toEqual([500, 2 ** 30, 500, 2]);
    cache.setPod('core/pods/default/1', undefined);
    expect([a?.requestedMilliCpu, a?.requestedMemoryBytes, a?.scoredMilliCpu, a?.requestedScalars.get('x.io/y'), a?.pods.size]).toEqual([
      0, 0, 0, 0, 0,
    ]);
  });

  it('remembers the pods of a node that goes and comes back', () => {
    const cache = cacheOf([node('a')], [pod('1', { nodeName: 'a' }, { requests: { cpu: '1' } })]);
    cache.removeNode('a');
    cache.setNode(node('a'));
    expect(cache.node('a')?.requestedMilliCpu).toBe(1000);
  });

  it('finished pods take nothing', () => {
    const done = pod('1', { nodeName: 'a' }, { requests: { cpu: '1' } });
    done.status = { phase: 'Succeeded' };
    expect(cacheOf([node('a')], [done]).node('a')?.requestedMilliCpu).toBe(0);
  });
});
