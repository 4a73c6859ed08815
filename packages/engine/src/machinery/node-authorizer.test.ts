import { describe, expect, it } from 'vitest';
import { type World, world } from '../../testing/world.ts';

/** Two workers, of which the first runs a pod that reads a Secret and a ConfigMap. */
function cluster(): { w: World; node: string; other: string } {
  const w = world({ workers: 2 });
  const [node, other] = w
    .objects('core/nodes')
    .map(({ metadata }) => metadata.name as string)
    .filter((name) => name.includes('worker')) as [string, string];
  const env = [{ name: 'A', valueFrom: { secretKeyRef: { name: 'used', key: 'k' } } }];
  for (const name of ['used', 'unused']) w.create({ apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace: 'default' } } as never);
  const spec = {
    nodeName: node,
    containers: [{ name: 'c', image: 'nginx', env }],
    volumes: [{ name: 'v', configMap: { name: 'settings', optional: true } }],
  };
  w.create({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'here', namespace: 'default' }, spec } as never);
  w.create({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'there', namespace: 'default' }, spec: { ...spec, nodeName: other } } as never);
  return { w, node, other };
}

const CORE = '/api/v1/namespaces/default';
const MERGE = { contentType: 'application/merge-patch+json' };

describe('a kubelet', () => {
  const { w, node, other } = cluster();
  const user = { username: `system:node:${node}`, groups: ['system:nodes', 'system:authenticated'] };
  const ask = (method: string, url: string, body?: object, more: object = {}) => {
    const answer = w.request(method, url, body, { user, ...more });
    return answer.code < 300 ? answer.code : answer.body.message;
  };

  it.each([
    ['GET', `${CORE}/secrets/used`],
    ['GET', `${CORE}/pods/here`],
    ['GET', `/api/v1/pods?fieldSelector=spec.nodeName%3D${node}`],
    ['GET', `/api/v1/nodes/${node}`],
    ['GET', `/api/v1/nodes?fieldSelector=metadata.name%3D${node}`],
    ['GET', '/api/v1/services'],
    ['GET', `/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/${node}`],
  ])('may %s %s', (method, url) => expect(ask(method, url)).toBe(200));

  it.each([
    [`${CORE}/secrets/unused`, `cannot get resource "secrets" in API group "" in the namespace "default": no relationship found between node`],
    [`${CORE}/secrets`, 'cannot list resource "secrets" in API group "" in the namespace "default": No Object name found'],
    ['/api/v1/pods', 'can only list/watch pods with spec.nodeName field selector'],
    [`/api/v1/nodes/${other}`, `cannot read '${other}', only its own Node object`],
    ['/api/v1/nodes', 'cannot read all nodes, only its own Node object'],
    [
      `/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/${other}`,
      'can only access node lease with the same name as the requesting node',
    ],
    ['/apis/apps/v1/deployments', 'cannot list resource "deployments" in API group "apps" at the cluster scope'],
  ])('may not read %s', (url, message) => expect(ask('GET', url)).toContain(message));

  it.each<[string, string, object | undefined, string]>([
    ['POST', `${CORE}/pods`, { metadata: { name: 'x' }, spec: { containers: [{ name: 'c', image: 'i' }] } }, 'can only create mirror pods'],
    ['DELETE', `${CORE}/pods/there`, undefined, `node "${node}" can only delete pods with spec.nodeName set to itself`],
    ['PATCH', `/api/v1/nodes/${other}`, { metadata: { labels: { a: 'b' } } }, `node "${node}" is not allowed to modify node "${other}"`],
    [
      'PATCH',
      `/api/v1/nodes/${node}`,
      { metadata: { labels: { 'node-restriction.kubernetes.io/a': 'b' } } },
      'is not allowed to modify labels: node-restriction.kubernetes.io/a',
    ],
    ['PATCH', `/api/v1/nodes/${node}`, { spec: { taints: [{ key: 'a', effect: 'NoSchedule' }] } }, `node "${node}" is not allowed to modify taints`],
  ])('is held back: %s %s', (method, url, body, message) => expect(ask(method, url, body, method === 'PATCH' ? MERGE : {})).toContain(message));

  it('may label itself', () =>
    expect(ask('PATCH', `/api/v1/nodes/${node}`, { metadata: { labels: { a: 'b', 'kubernetes.io/arch': 'arm64' } } }, MERGE)).toBe(200));
});
