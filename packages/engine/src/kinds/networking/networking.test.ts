import { describe, expect, it } from 'vitest';
import { cells, changed, changeRefusals, defaulted, refusals } from '../../../testing/verdict.ts';
import { ingressClass } from './ingressclasses/kind.ts';
import { ingress } from './ingresses/kind.ts';
import { ipAddress } from './ipaddresses/kind.ts';
import { networkPolicy } from './networkpolicies/kind.ts';
import { serviceCidr } from './servicecidrs/kind.ts';

const backend = { service: { name: 'web', port: { number: 80 } } };
const web = {
  metadata: { name: 'web', namespace: 'default' },
  spec: { rules: [{ host: 'a.example.com', http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } }] },
};

describe('ingresses', () => {
  const path = 'spec.rules[0].http.paths[0]';
  it.each([
    ['spec', {}, ['spec: Invalid value: null: either `defaultBackend` or `rules` must be specified']],
    ['spec.rules.0.host', '10.0.0.1', ['spec.rules[0].host: Invalid value: "10.0.0.1": must be a DNS name, not an IP address']],
    ['spec.rules.0.http.paths.0.path', 'x', [`${path}.path: Invalid value: "x": must be an absolute path`]],
    ['spec.rules.0.http.paths.0.path', '/a//b', [`${path}.path: Invalid value: "/a//b": must not contain '//'`]],
    ['spec.rules.0.http.paths.0.pathType', undefined, [`${path}.pathType: Required value: pathType must be specified`]],
    ['spec.rules.0.http.paths.0.backend', {}, [`${path}.backend: Invalid value: "": resource or service backend is required`]],
    ['spec.rules.0.http.paths.0.backend.service.port', {}, [`${path}.backend: Required value: port name or number is required`]],
  ])('refuse %s = %j', (at, value, expected) => {
    expect(refusals(ingress, changed(web, at, value))).toEqual(expected);
  });

  it('print hosts and addresses', () => {
    const rules = ['a', 'b', 'c', 'd', 'e'].map((host) => ({ host }));
    const status = { loadBalancer: { ingress: [{ ip: '10.0.0.2' }, { ip: '10.0.0.1' }] } };
    expect(cells(ingress, { metadata: {}, spec: { rules, tls: [{}] }, status })).toMatchObject({
      Class: '<none>',
      Hosts: 'a,b,c + 2 more...',
      Address: '10.0.0.1,10.0.0.2',
      Ports: '80, 443',
    });
    expect(cells(ingress, { metadata: {}, spec: { rules: [{}] } }).Hosts).toBe('*');
  });
});

describe('ingress classes', () => {
  const nginx = { metadata: { name: 'nginx' }, spec: { controller: 'k8s.io/ingress-nginx', parameters: { kind: 'P', name: 'p' } } };

  it('keep their controller', () => {
    expect(defaulted(ingressClass, nginx).spec.parameters.scope).toBe('Cluster');
    expect(changeRefusals(ingressClass, nginx, changed(nginx, 'spec.controller', 'k8s.io/other'))).toEqual([
      'spec.controller: Invalid value: "k8s.io/other": field is immutable',
    ]);
  });

  it('name parameters of one namespace only when they say so', () => {
    expect(refusals(ingressClass, changed(nginx, 'spec.parameters.namespace', 'a'))).toEqual([
      "spec.parameters.namespace: Forbidden: `parameters.scope` is set to 'Cluster'",
    ]);
    expect(refusals(ingressClass, changed(nginx, 'spec.parameters.scope', 'Namespace'))).toEqual([
      "spec.parameters.namespace: Required value: `parameters.scope` is set to 'Namespace'",
    ]);
  });
});

describe('network policies', () => {
  const policy = {
    metadata: { name: 'np', namespace: 'default' },
    spec: { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/16', except: ['10.0.1.0/24'] } }], ports: [{ port: 80 }] }] },
  };

  it('apply to what they have rules for', () => {
    expect(defaulted(networkPolicy, policy).spec).toMatchObject({ policyTypes: ['Ingress'], ingress: [{ ports: [{ protocol: 'TCP' }] }] });
    expect(defaulted(networkPolicy, changed(policy, 'spec.egress', [{}])).spec.policyTypes).toEqual(['Ingress', 'Egress']);
  });

  it.each([
    [
      'spec.ingress.0.from.0.ipBlock.except',
      ['10.1.0.0/24'],
      ['spec.ingress[0].from[0].ipBlock.except[0]: Invalid value: "10.1.0.0/24": must be a strict subset of `cidr`'],
    ],
    [
      'spec.ingress.0.from.0.ipBlock.except',
      ['10.0.0.0/16'],
      ['spec.ingress[0].from[0].ipBlock.except[0]: Invalid value: "10.0.0.0/16": must be a strict subset of `cidr`'],
    ],
    ['spec.ingress.0.from.0.podSelector', {}, ['spec.ingress[0].from[0]: Forbidden: may not specify both ipBlock and another peer']],
    ['spec.ingress.0.ports.0.endPort', 79, ['spec.ingress[0].ports[0].endPort: Invalid value: 80: must be greater than or equal to `port`']],
    [
      'spec.ingress.0.ports.0',
      { port: 'http', endPort: 90 },
      ['spec.ingress[0].ports[0].endPort: Invalid value: 90: may not be specified when `port` is non-numeric'],
    ],
  ])('refuse %s = %j', (at, value, expected) => {
    expect(refusals(networkPolicy, changed(policy, at, value))).toEqual(expected);
  });
});

describe('service ranges', () => {
  const range = { metadata: { name: 'more' }, spec: { cidrs: ['10.0.0.0/24'] } };
  const path = 'spec.cidrs';

  it.each([
    [['10.0.0.0/24', '2001:db8::/112'], []],
    [['10.1.0.0/24', '2001:db8::/112'], [`${path}[0]: Invalid value: "10.1.0.0/24": field is immutable`]],
    [[], [`${path}: Invalid value: []: field is immutable`]],
    [
      ['10.0.0.0/24', '10.1.0.0/24'],
      [
        `${path}: Invalid value: {"CIDRs":["10.0.0.0/24","10.1.0.0/24"]}: may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/64`,
      ],
    ],
  ])('may become %j or not', (cidrs, expected) => {
    expect(changeRefusals(serviceCidr, range, changed(range, path, cidrs))).toEqual(expected);
  });
});

describe('addresses', () => {
  const address = { metadata: { name: '10.0.0.1' }, spec: { parentRef: { resource: 'services', namespace: 'default', name: 'web' } } };

  it('are named by an address and keep their parent', () => {
    expect(['10.0.0.1', '010.0.0.1', 'x'].map((name) => ipAddress.nameRule?.(name, false).length)).toEqual([0, 1, 1]);
    expect(changeRefusals(ipAddress, address, changed(address, 'spec.parentRef.name', 'api'))).toEqual([
      'spec.parentRef: Invalid value: {"Group":"","Resource":"services","Namespace":"default","Name":"api"}: field is immutable',
    ]);
  });
});

describe('names of addresses', () => {
  it.each([
    ['FE80::1', 'must be in canonical form ("fe80::1")'],
    ['2001:db8:0:0:1:0:0:0', 'must be in canonical form ("2001:db8:0:0:1::")'],
    ['fe80::0:1:0:0:2', 'must be in canonical form ("fe80::1:0:0:2")'],
    ['10.0.0.01', 'must not have leading 0s'],
  ])('%s %s', (name, problem) => {
    expect(ipAddress.nameRule?.(name, false)).toEqual([problem]);
  });
  it.each(['fe80::1', '2001:db8:1:2:3:4:5:6', '::', '10.0.0.1', '1:0:2:3:4:5:6:7'])('%s is written as it should be', (name) => {
    expect(ipAddress.nameRule?.(name, false)).toEqual([]);
  });
});
