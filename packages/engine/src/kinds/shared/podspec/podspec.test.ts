import { describe, expect, test } from 'vitest';
import { aggregateText } from '../../../machinery/field.ts';
import type { Part } from '../fields.ts';
import { defaultPod, defaultPodSpec } from './defaults.ts';
import { parseImage } from './image.ts';
import { podQosClass } from './qos.ts';
import { validatePodSpec } from './spec.ts';
import { validatePodTemplateSpec } from './template.ts';
import { podWarnings, templateWarnings } from './warnings/pod.ts';

const defaulted = (spec: Part): Part => {
  defaultPodSpec(spec);
  return spec;
};
const main = { name: 'main', image: 'nginx' };
const check = (spec: Part, isPod = true): string => {
  const errors = validatePodSpec(defaulted({ containers: [{ ...main }], ...spec }), 'spec', { isPod, podName: 'p' });
  return errors.length === 0 ? '' : aggregateText(errors);
};
const container = (part: Part): Part => ({ containers: [{ ...main, ...part }] });

describe('defaults', () => {
  test('a bare container', () => {
    expect(defaulted({ containers: [{ name: 'c', image: 'nginx', ports: [{ containerPort: 80 }] }] })).toEqual({
      containers: [
        {
          name: 'c',
          image: 'nginx',
          ports: [{ containerPort: 80, protocol: 'TCP' }],
          resources: {},
          terminationMessagePath: '/dev/termination-log',
          terminationMessagePolicy: 'File',
          imagePullPolicy: 'Always',
        },
      ],
      dnsPolicy: 'ClusterFirst',
      restartPolicy: 'Always',
      securityContext: {},
      terminationGracePeriodSeconds: 30,
      schedulerName: 'default-scheduler',
    });
  });

  test('probes, references and volumes', () => {
    const spec = defaulted({
      serviceAccount: 'old',
      containers: [
        {
          name: 'c',
          image: 'a:1',
          readinessProbe: { httpGet: { port: 80 } },
          livenessProbe: { grpc: { port: 9 }, periodSeconds: 0 },
          env: [{ name: 'IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } }],
        },
      ],
      volumes: [
        { name: 'a' },
        { name: 'b', configMap: { name: 'm' } },
        { name: 'c', projected: { sources: [{ serviceAccountToken: { path: 't' } }] } },
      ],
    });
    expect(spec.serviceAccountName).toBe('old');
    expect(spec.containers[0]).toMatchObject({
      imagePullPolicy: 'IfNotPresent',
      readinessProbe: { httpGet: { path: '/', scheme: 'HTTP' }, timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 },
      livenessProbe: { grpc: { service: '' }, periodSeconds: 10 },
      env: [{ valueFrom: { fieldRef: { apiVersion: 'v1' } } }],
    });
    expect(spec.volumes).toEqual([
      { name: 'a', emptyDir: {} },
      { name: 'b', configMap: { name: 'm', defaultMode: 420 } },
      { name: 'c', projected: { sources: [{ serviceAccountToken: { path: 't', expirationSeconds: 3600 } }], defaultMode: 420 } },
    ]);
  });

  test('a pod asks for what it is limited to and takes the ports of its host', () => {
    const spec: Part = {
      hostNetwork: true,
      containers: [{ ports: [{ containerPort: 80 }], resources: { limits: { cpu: '1', memory: '2' }, requests: { cpu: '0' } } }],
    };
    defaultPod(spec);
    expect(spec.containers[0]).toEqual({
      ports: [{ containerPort: 80, hostPort: 80 }],
      resources: { limits: { cpu: '1', memory: '2' }, requests: { cpu: '0', memory: '2' } },
    });
    expect(spec.enableServiceLinks).toBe(true);
  });

  test('a pod limited as a whole asks for what its containers ask together, else for its limit', () => {
    const spec: Part = {
      resources: { limits: { cpu: '2', memory: '1Gi' } },
      containers: [
        { resources: { requests: { cpu: '500m' } } },
        { resources: { requests: { cpu: '250m' }, limits: { 'hugepages-2Mi': '4Mi', cpu: '1' } } },
      ],
      initContainers: [{ restartPolicy: 'Always', resources: { requests: { cpu: '250m' } } }, { resources: { requests: { cpu: '500m' } } }],
    };
    defaultPod(spec);
    expect(spec.resources).toEqual({
      limits: { cpu: '2', memory: '1Gi', 'hugepages-2Mi': '4Mi' },
      requests: { cpu: '1', memory: '1Gi', 'hugepages-2Mi': '4Mi' },
    });
  });

  test.each([
    ['nginx', 'nginx', 'latest', ''],
    ['nginx:1.25', 'nginx', '1.25', ''],
    ['localhost:5000/a/b', 'localhost:5000/a/b', 'latest', ''],
    [`a@sha256:${'0'.repeat(64)}`, 'a', '', `sha256:${'0'.repeat(64)}`],
  ])('%s is image %s with tag %s', (text, name, tag, digest) => {
    expect(parseImage(text)).toEqual({ name, tag, digest });
  });

  test('no reference at all', () => {
    expect(parseImage('Bad Name!')).toBeUndefined();
    expect(parseImage('UPPER')).toBeUndefined();
  });
});

describe('validation', () => {
  test.each([
    ['fine', {}, ''],
    ['no containers', { containers: [] }, 'spec.containers: Required value'],
    ['an empty container', { containers: [{}] }, '[spec.containers[0].name: Required value, spec.containers[0].image: Required value]'],
    ['two of a name', { containers: [main, { ...main }] }, 'spec.containers[1].name: Duplicate value: "main"'],
    [
      'restart policy',
      { restartPolicy: 'Sometimes' },
      'spec.restartPolicy: Unsupported value: "Sometimes": supported values: "Always", "OnFailure", "Never"',
    ],
    [
      'a mount of nothing',
      container({ volumeMounts: [{}] }),
      '[spec.containers[0].volumeMounts[0].name: Required value, spec.containers[0].volumeMounts[0].name: Not found: "", spec.containers[0].volumeMounts[0].mountPath: Required value]',
    ],
    [
      'a volume that is refused cannot be mounted',
      { ...container({ volumeMounts: [{ name: 'v', mountPath: '/v' }] }), volumes: [{ name: 'v', configMap: {} }] },
      '[spec.volumes[0].configMap.name: Required value, spec.containers[0].volumeMounts[0].name: Not found: "v"]',
    ],
    ['two sources', { volumes: [{ name: 'v', emptyDir: {}, nfs: {} }] }, 'spec.volumes[0].nfs: Forbidden: may not specify more than 1 volume type'],
    ['a probe of nothing', container({ livenessProbe: {} }), 'spec.containers[0].livenessProbe: Required value: must specify a handler type'],
    [
      'a liveness probe that wants two successes',
      container({ livenessProbe: { tcpSocket: { port: 80 }, successThreshold: 2 } }),
      'spec.containers[0].livenessProbe.successThreshold: Invalid value: 2: must be 1',
    ],
    [
      'probes of an init container',
      { initContainers: [{ name: 'i', image: 'a', livenessProbe: { tcpSocket: { port: 1 } } }] },
      'spec.initContainers[0].livenessProbe: Forbidden: may not be set for init containers without restartPolicy=Always',
    ],
    ['probes of a sidecar', { initContainers: [{ name: 'i', image: 'a', restartPolicy: 'Always', livenessProbe: { tcpSocket: { port: 1 } } }] }, ''],
    [
      'restart rules without a policy',
      container({ restartPolicyRules: [{ action: 'Restart', exitCodes: { operator: 'In', values: [1] } }] }),
      'spec.containers[0].restartPolicy: Required value: must specify restartPolicy when restart rules are used',
    ],
    [
      'host ports taken twice',
      {
        containers: [
          { ...main, ports: [{ containerPort: 1, hostPort: 80 }] },
          { name: 'b', image: 'b', ports: [{ containerPort: 2, hostPort: 80 }] },
        ],
      },
      'spec.containers[1].ports[0].hostPort: Duplicate value: "TCP//80"',
    ],
    [
      'ports of the host network',
      { hostNetwork: true, ...container({ ports: [{ containerPort: 80, hostPort: 81 }] }) },
      'spec.containers[0].ports[0].hostPort: Invalid value: 81: must match `containerPort` when `hostNetwork` is true',
    ],
    [
      'a toleration of everything',
      { tolerations: [{}] },
      'spec.tolerations[0].operator: Invalid value: "": operator must be Exists when `key` is empty, which means "match all values and all keys"',
    ],
    [
      'spread of nothing',
      { topologySpreadConstraints: [{}] },
      '[spec.topologySpreadConstraints[0].maxSkew: Invalid value: 0: must be greater than zero, spec.topologySpreadConstraints[0].topologyKey: Required value: can not be empty, spec.topologySpreadConstraints[0].whenUnsatisfiable: Unsupported value: "": supported values: "DoNotSchedule", "ScheduleAnyway"]',
    ],
    [
      'node affinity without terms',
      { affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: {} } } },
      'spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms: Required value: must have at least one node selector term',
    ],
    ['a user namespace beside the host’s network', { hostUsers: false, hostNetwork: true }, 'spec.hostNetwork: Forbidden: when `hostUsers` is false'],
    [
      'environment from two places',
      container({ env: [{ name: 'A', value: 'b', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }] }),
      'spec.containers[0].env[0].valueFrom: Invalid value: "": may not be specified when `value` is not empty',
    ],
    [
      'a field that cannot be had',
      container({ env: [{ name: 'A', valueFrom: { fieldRef: { fieldPath: 'spec.unknown' } } }] }),
      'spec.containers[0].env[0].valueFrom.fieldRef.fieldPath: Invalid value: "spec.unknown": error converting fieldPath: field label not supported: spec.unknown',
    ],
    ['a label in the environment', container({ env: [{ name: 'A', valueFrom: { fieldRef: { fieldPath: "metadata.labels['app']" } } }] }), ''],
    [
      'privileges at odds',
      container({ securityContext: { privileged: true, allowPrivilegeEscalation: false } }),
      'spec.containers[0].securityContext: Invalid value: {"Capabilities":null,"Privileged":true,"SELinuxOptions":null,"WindowsOptions":null,"RunAsUser":null,"RunAsGroup":null,"RunAsNonRoot":null,"ReadOnlyRootFilesystem":null,"AllowPrivilegeEscalation":false,"ProcMount":null,"SeccompProfile":null,"AppArmorProfile":null}: cannot set `allowPrivilegeEscalation` to false and `privileged` to true',
    ],
    [
      'a path that climbs',
      container({ volumeMounts: [{ name: 'v', mountPath: '/v', subPath: '../x' }] }),
      expect.stringContaining("must not contain '..'"),
    ],
    [
      'an alias without an address',
      { hostAliases: [{ ip: 'x' }] },
      'spec.hostAliases[0].ip: Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
    ],
    ['an operating system of its own', { os: { name: 'plan9' } }, 'spec.os: Unsupported value: "plan9": supported values: "linux", "windows"'],
    [
      'windows fields on linux',
      { os: { name: 'linux' }, ...container({ securityContext: { windowsOptions: {} } }) },
      'spec.containers[0].securityContext.windowsOptions: Forbidden: windows options cannot be set for a linux pod',
    ],
    [
      'more in the containers than in the pod',
      { resources: { requests: { cpu: '1' } }, ...container({ resources: { requests: { cpu: '1500m' } } }) },
      'spec.resources.requests[cpu]: Invalid value: "1": must be greater than or equal to aggregate container requests of 1500m',
    ],
    [
      'a sleep longer than the grace',
      container({ lifecycle: { preStop: { sleep: { seconds: 31 } } } }),
      expect.stringContaining('less than terminationGracePeriodSeconds (30)'),
    ],
  ] as [string, Part, string][])('%s', (_, spec, expected) => {
    expect(check(spec)).toEqual(expected);
  });

  test('a template’s labels are reported without metadata, and ephemeral containers refused', () => {
    const template = {
      metadata: { labels: { a: '-' } },
      spec: defaulted({ containers: [{ ...main }], ephemeralContainers: [{ name: 'e', image: 'e' }] }),
    };
    const text = aggregateText(validatePodTemplateSpec(template, 'spec.template'));
    expect(text).toContain('spec.template.labels: Invalid value: "-"');
    expect(text).toContain('spec.template.spec.ephemeralContainers: Forbidden: ephemeral containers not allowed in pod template');
  });
});

test.each([
  [{}, 'BestEffort'],
  [{ requests: { cpu: '1' } }, 'Burstable'],
  [{ requests: { cpu: '1', memory: '1Gi' }, limits: { cpu: '1', memory: '1Gi' } }, 'Guaranteed'],
  [{ requests: { cpu: '0' } }, 'BestEffort'],
  [{ limits: { cpu: '1' } }, 'Burstable'],
])('resources %j make a pod %s', (resources, expected) => {
  expect(podQosClass({ containers: [{ resources }] })).toBe(expected);
});

test('warnings name what will surprise', () => {
  const spec = {
    nodeSelector: { 'beta.kubernetes.io/os': 'linux' },
    containers: [{ name: 'c', env: [{ name: 'A' }, { name: 'A' }, { name: 'A', value: '$(A)!' }], resources: { limits: { memory: '100m' } } }],
  };
  expect(templateWarnings({ spec }, 'spec.template')).toEqual([
    'spec.template.spec.nodeSelector[beta.kubernetes.io/os]: deprecated since v1.14; use "kubernetes.io/os" instead',
    'spec.template.spec.containers[0].resources.limits[memory]: fractional byte value "100m" is invalid, must be an integer',
    'spec.template.spec.containers[0].env[1]: hides previous definition of "A", which may be dropped when using apply',
  ]);
  expect(podWarnings({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a.b' }, spec: {} })).toEqual([
    "metadata.name: this is used in the Pod's hostname, which can result in surprising behavior; a DNS label is recommended: [must not contain dots]",
  ]);
});
