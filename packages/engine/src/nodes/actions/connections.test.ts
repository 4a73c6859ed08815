import { beforeEach, describe, expect, it } from 'vitest';
import { type World, world } from '../../../testing/world.ts';

const PODS = '/api/v1/namespaces/default/pods';
const RBAC = '/apis/rbac.authorization.k8s.io/v1/namespaces/default';
const POLICIES = '/apis/admissionregistration.k8s.io/v1';
const ANN = { username: 'ann', groups: ['system:authenticated'] };

let w: World;
beforeEach(() => {
  w = world({ workers: 1 });
  const container = (name: string) => ({ name, image: 'nginx' });
  w.request('POST', PODS, { metadata: { name: 'p' }, spec: { containers: [container('c')] } });
  const two = { initContainers: [{ ...container('i'), command: ['true'] }], containers: [container('c'), container('d')] };
  w.request('POST', PODS, { metadata: { name: 'two' }, spec: two });
  w.request('POST', PODS, { metadata: { name: 'lost' }, spec: { containers: [container('c')], schedulerName: 'nobody' } });
});

const ask = (url: string, more: object = {}, method = 'GET') => {
  const { code, body } = w.request(method, url, undefined, more);
  return [code, body.message];
};

describe('streams', () => {
  it.each([
    ['nope/exec?stdout=1', 404, 'pods "nope" not found'],
    ['p/exec?container=x&stdout=1', 400, 'container x is not valid for pod p'],
    ['two/exec?stdout=1', 400, 'a container name must be specified for pod two, choose one of: [i c d]'],
    ['two/attach?stdout=1', 400, 'a container name must be specified for pod two, choose one of: [i c d]'],
    ['lost/portforward?ports=80', 400, 'pod lost does not have a host assigned'],
    ['p/portforward?ports=x', 400, 'strconv.ParseInt: parsing "x": invalid syntax'],
    ['p/exec?dryRun=All', 400, 'dryRun is not supported'],
    ['p/exec?command=ls&stdout=1', 400, 'Upgrade request required'],
    ['p/exec/more?stdout=1', 404, 'the server could not find the requested resource'],
  ])('%s answers %i', (url, code, message) => {
    expect(ask(`${PODS}/${url}`)).toEqual([code, message]);
    expect(ask(`${PODS}/${url}`, {}, 'POST')).toEqual([code, message]);
  });

  it.each(['status', 'log', 'eviction', 'nope'])('nothing lies below pods/%s', (subresource) => {
    expect(ask(`${PODS}/p/${subresource}/more`)).toEqual([404, 'the server could not find the requested resource']);
  });

  it('take only GET and POST', () => {
    expect(ask(`${PODS}/p/exec`, {}, 'PUT')[0]).toBe(405);
  });

  it('are refused by name where they would begin', () => {
    expect(ask(`${PODS}/p/exec?command=ls&stdout=1`, { upgrades: true })).toEqual([501, 'pods/exec is not simulated yet']);
  });

  it('are begun by those who may create, though GET asks for get', () => {
    expect(ask(`${PODS}/p/exec`, { user: ANN })[1]).toBe(
      'pods "p" is forbidden: User "ann" cannot get resource "pods/exec" in API group "" in the namespace "default"',
    );
    const grant = (verbs: string[]) =>
      w.request('PUT', `${RBAC}/roles/r`, { metadata: { name: 'r' }, rules: [{ apiGroups: [''], resources: ['pods/exec'], verbs }] });
    w.request('POST', `${RBAC}/roles`, { metadata: { name: 'r' }, rules: [{ apiGroups: [''], resources: ['pods/exec'], verbs: ['get'] }] });
    const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'r' };
    w.request('POST', `${RBAC}/rolebindings`, { metadata: { name: 'r' }, roleRef, subjects: [{ kind: 'User', name: 'ann' }] });
    expect(ask(`${PODS}/p/exec`, { user: ANN })).toEqual([403, 'pods "p" is forbidden: ']);
    grant(['get', 'create']);
    expect(ask(`${PODS}/p/exec`, { user: ANN })).toEqual([400, 'Upgrade request required']);
  });
});

describe('proxies', () => {
  beforeEach(() => {
    const ports = [{ name: 'web', port: 80, targetPort: 8080 }];
    w.request('POST', '/api/v1/namespaces/default/services', { metadata: { name: 's' }, spec: { selector: { app: 'none' }, ports } });
  });

  it.each([
    ['namespaces/default/pods/p:80:81:82/proxy/', 400, 'invalid pod request "p:80:81:82"'],
    ['namespaces/default/pods/ftp:p:80/proxy/', 400, 'invalid pod request "ftp:p:80"'],
    ['namespaces/default/pods/nope/proxy/a/b', 404, 'pods "nope" not found'],
    ['namespaces/default/pods/lost/proxy', 400, 'address not allowed'],
    ['namespaces/default/pods/p:80/proxy/a', 501, 'pods/proxy is not simulated yet'],
    ['namespaces/default/services/nope:80/proxy/', 404, 'services "nope" not found'],
    ['namespaces/default/services/s:81/proxy/', 503, 'no service port 81 found for service "s"'],
    ['namespaces/default/services/https:s:web/proxy/', 503, 'no endpoints available for service "s"'],
    ['nodes/nope/proxy/pods', 404, 'nodes "nope" not found'],
  ])('%s answers %i', (path, code, message) => {
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) expect(ask(`/api/v1/${path}`, {}, method)).toEqual([code, message]);
  });
});

describe('policies', () => {
  const install = (resources: string[], expression: string, more: object = {}) => {
    const rule = { apiGroups: [''], apiVersions: ['v1'], operations: ['CONNECT'], resources };
    const spec = { matchConstraints: { resourceRules: [rule], ...more }, validations: [{ expression, message: 'no' }] };
    expect(w.request('POST', `${POLICIES}/validatingadmissionpolicies`, { metadata: { name: 'x' }, spec }).code).toBe(201);
    const binding = { policyName: 'x', validationActions: ['Deny'] };
    w.request('POST', `${POLICIES}/validatingadmissionpolicybindings`, { metadata: { name: 'x' }, spec: binding });
  };
  const refused = (what: string) => [422, `${what} is forbidden: ValidatingAdmissionPolicy 'x' with binding 'x' denied request: no`];

  it('see what is asked of a pod', () => {
    install(['pods/exec'], '!object.command.exists(c, c == "sh") && object.kind == "PodExecOptions"');
    expect(ask(`${PODS}/p/exec?command=sh&command=-c&stdin=true`)).toEqual(refused('pods "p"'));
    expect(ask(`${PODS}/p/exec?command=ls`)).toEqual([400, 'Upgrade request required']);
    expect(ask(`${PODS}/p/attach`)).toEqual([400, 'Upgrade request required']);
  });

  it('speak before it is known whether there is such a pod', () => {
    install(['*/*'], 'request.operation != "CONNECT" || request.subResource != "portforward" || !(80 in object.ports)');
    expect(ask(`${PODS}/nope/portforward?ports=80&ports=81`)).toEqual(refused('pods "nope"'));
    expect(ask(`${PODS}/nope/portforward?ports=81`)).toEqual([404, 'pods "nope" not found']);
  });

  it('see the paths of proxies and whom they are for', () => {
    install(['nodes/proxy', 'services/proxy'], 'object.path != "logs/x" && request.requestKind.kind == "NodeProxyOptions"');
    expect(ask('/api/v1/nodes/nope/proxy/logs/x')).toEqual(refused('nodes "nope"'));
    expect(ask('/api/v1/nodes/nope/proxy/logs/y')).toEqual([404, 'nodes "nope" not found']);
  });

  it('that go by labels of objects are not about options', () => {
    install(['pods/exec'], 'false', { objectSelector: { matchLabels: { a: 'b' } } });
    expect(ask(`${PODS}/p/exec`)).toEqual([400, 'Upgrade request required']);
  });
});
