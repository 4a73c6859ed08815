import { expect, test } from 'vitest';
import { templateWarnings } from './pod.ts';

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution';
const port = (more: object) => ({ containerPort: 80, protocol: 'TCP', ...more });
const one = (more: object) => ({ containers: [{ name: 'c', ...more }] });

const cases: [spec: object, ...expected: string[]][] = [
  [
    { topologySpreadConstraints: [{ topologyKey: 'failure-domain.beta.kubernetes.io/zone' }, { topologyKey: 'z', labelSelector: {} }] },
    's.topologySpreadConstraints[0].topologyKey: failure-domain.beta.kubernetes.io/zone is deprecated since v1.17; use "topology.kubernetes.io/zone" instead',
    's.topologySpreadConstraints[0].labelSelector: a null labelSelector results in matching no pod',
  ],
  [
    {
      affinity: {
        nodeAffinity: {
          [REQUIRED]: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'beta.kubernetes.io/os', operator: 'Exists' }] }] },
          [PREFERRED]: [{ preference: { matchExpressions: [{ key: 'k', operator: 'In', values: ['ok', 'not ok'] }] } }],
        },
        podAffinity: { [PREFERRED]: [{ podAffinityTerm: { topologyKey: 'k' } }] },
        podAntiAffinity: { [REQUIRED]: [{ labelSelector: {} }, {}] },
      },
    },
    `s.affinity.nodeAffinity.${REQUIRED}.nodeSelectorTerms[0].matchExpressions[0].key: beta.kubernetes.io/os is deprecated since v1.14; use "kubernetes.io/os" instead`,
    `s.affinity.nodeAffinity.${PREFERRED}[0].preference.matchExpressions[0].values[1]: not ok is invalid, a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')`,
    `s.affinity.podAffinity.${PREFERRED}[0].podAffinityTerm.labelSelector: a null labelSelector results in matching no pod`,
    `s.affinity.podAntiAffinity.${REQUIRED}[1].labelSelector: a null labelSelector results in matching no pod`,
  ],
  [
    one({
      ports: [port({}), port({ hostPort: 1 }), port({}), port({ hostPort: 1, hostIP: '1.2.3.4' }), port({ containerPort: 81, hostIP: '1.2.3.4' })],
    }),
    's.containers[0].ports[1]: overlapping port definition with s.containers[0].ports[0]',
    's.containers[0].ports[2]: duplicate port definition with s.containers[0].ports[0]',
    's.containers[0].ports[2]: overlapping port definition with s.containers[0].ports[1]',
    's.containers[0].ports[3]: overlapping port definition with s.containers[0].ports[0]',
    's.containers[0].ports[3]: dangerously ambiguous port definition with s.containers[0].ports[1]',
    's.containers[0].ports[3]: overlapping port definition with s.containers[0].ports[2]',
    's.containers[0].ports[4]: hostIP set without hostPort: {Name: HostPort:0 ContainerPort:81 Protocol:TCP HostIP:1.2.3.4}',
  ],
  [
    {
      containers: [
        { name: 'a', ports: [port({ name: 'http' })] },
        { name: 'b', ports: [port({ name: 'http', containerPort: 81 })] },
      ],
    },
    's.containers[1].ports[0]: duplicate port name "http" with s.containers[0].ports[0], services and probes that select ports by name will use s.containers[0].ports[0]',
  ],
  [
    {
      volumes: [
        { name: 'v', configMap: { name: 'm', items: [{ path: 'a/' }, { path: 'a/b' }, { path: 'ab' }] } },
        { name: 'p', projected: { sources: [{ secret: { name: 's', items: [{ path: 'x' }] } }, {}, { serviceAccountToken: { path: 'x' } }] } },
      ],
    },
    'volume "v" (ConfigMap "m"): overlapping paths: "a/b" with "a"',
    'volume "p" (Projected) has no sources provided',
    'volume "p" (Projected): overlapping paths: "x" (ServiceAccountToken) with "x" (Secret "s")',
  ],
  [
    {
      hostAliases: [{ ip: '1.1.1.1' }, { ip: '1.1.1.1' }],
      imagePullSecrets: [{ name: 'a' }, { name: 'a' }, {}],
      dnsConfig: { nameservers: ['2001:DB8::1', '2001:db8::1'] },
    },
    's.hostAliases[1].ip: duplicate ip "1.1.1.1"',
    's.imagePullSecrets[1].name: duplicate name "a"',
    's.imagePullSecrets[2].name: invalid empty name ""',
    's.dnsConfig.nameservers[0]: IPv6 address "2001:DB8::1" should be in RFC 5952 canonical format ("2001:db8::1")',
  ],
  [
    {
      volumes: [{ name: 'v', ephemeral: { volumeClaimTemplate: { spec: { resources: { requests: { storage: '100m' } } } } } }],
      overhead: { memory: '1m' },
    },
    's.volumes[0].ephemeral.volumeClaimTemplate.spec.resources.requests[storage]: fractional byte value "100m" is invalid, must be an integer',
    's.overhead[memory]: fractional byte value "1m" is invalid, must be an integer',
  ],
  [
    one({
      env: [
        { name: 'A', value: 'x' },
        { name: 'A', valueFrom: {} },
        { name: 'A', value: '$(A)' },
        { name: 'A', value: '$(A)y' },
      ],
    }),
    's.containers[0].env[1]: hides previous definition of "A", which may be dropped when using apply',
    's.containers[0].env[2]: hides previous definition of "A", which may be dropped when using apply',
  ],
  [{ terminationGracePeriodSeconds: -1 }, 's.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1'],
];

test.each(cases)('%#', (spec, ...expected) => {
  expect(templateWarnings({ spec }, '').map((text) => text.replace(/^\.spec\./, 's.').replaceAll(' .spec.', ' s.'))).toEqual(expected);
});

test('annotations that a field has taken the place of', () => {
  const annotations = {
    'seccomp.security.alpha.kubernetes.io/pod': 'unconfined',
    'container.apparmor.security.beta.kubernetes.io/a': 'unconfined',
    'container.apparmor.security.beta.kubernetes.io/b': 'unconfined',
    'security.alpha.kubernetes.io/sysctls': 'x',
  };
  const containers = [{ name: 'a', securityContext: { appArmorProfile: { type: 'Unconfined' } } }, { name: 'b' }];
  expect(templateWarnings({ metadata: { annotations }, spec: { containers } }, 't')).toEqual([
    't.metadata.annotations[security.alpha.kubernetes.io/sysctls]: non-functional in v1.11+; use the "sysctls" field instead',
    't.metadata.annotations[seccomp.security.alpha.kubernetes.io/pod]: non-functional in v1.27+; use the "seccompProfile" field instead',
    't.metadata.annotations[container.apparmor.security.beta.kubernetes.io/b]: deprecated since v1.30; use the "appArmorProfile" field instead',
  ]);
});
