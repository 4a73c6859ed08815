import { describe, expect, it } from 'vitest';
import { world } from '../../../../testing/world.ts';
import { detailText, evaluate, type Level } from './levels.ts';

const check = (level: Level, spec: object, metadata: object = {}): string => detailText(evaluate({ level, version: 'latest' }, spec, metadata));
const one = (securityContext?: object, more: object = {}) => ({
  containers: [{ name: 'a', ...(securityContext ? { securityContext } : {}), ...more }],
});
const good = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } };

describe('baseline', () => {
  it.each([
    [one(), ''],
    [one({ privileged: true }), 'privileged (container "a" must not set securityContext.privileged=true)'],
    [{ ...one(), hostNetwork: true, hostPID: true }, 'host namespaces (hostNetwork=true, hostPID=true)'],
    [{ ...one(), volumes: [{ name: 'v', hostPath: { path: '/' } }] }, 'hostPath volumes (volume "v")'],
    [one(undefined, { ports: [{ containerPort: 80, hostPort: 80 }] }), 'hostPort (container "a" uses hostPort 80)'],
    [
      one({ capabilities: { add: ['NET_ADMIN', 'CHOWN'] } }),
      'non-default capabilities (container "a" must not include "NET_ADMIN" in securityContext.capabilities.add)',
    ],
    [{ ...one(), securityContext: { sysctls: [{ name: 'kernel.msgmax', value: '1' }] } }, 'forbidden sysctls (kernel.msgmax)'],
    [
      { ...one({ seccompProfile: { type: 'Unconfined' } }), securityContext: { seccompProfile: { type: 'Unconfined' } } },
      'seccompProfile (pod and container "a" must not set securityContext.seccompProfile.type to "Unconfined")',
    ],
    [
      one({ seLinuxOptions: { type: 'x', user: 'u' } }),
      'seLinuxOptions (container "a" set forbidden securityContext.seLinuxOptions: type "x"; user may not be set)',
    ],
    [
      one(undefined, { livenessProbe: { httpGet: { host: '10.0.0.1', port: 80 } } }),
      'probe or lifecycle host (container "a" uses probe or lifecycle host "10.0.0.1")',
    ],
  ])('%j', (spec, text) => expect(check('baseline', spec)).toBe(text));
});

describe('restricted', () => {
  it('names everything that a plain pod lacks', () => {
    expect(check('restricted', one())).toBe(
      'allowPrivilegeEscalation != false (container "a" must set securityContext.allowPrivilegeEscalation=false), unrestricted capabilities (container "a" must set securityContext.capabilities.drop=["ALL"]), runAsNonRoot != true (pod or container "a" must set securityContext.runAsNonRoot=true), seccompProfile (pod or container "a" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")',
    );
  });

  it.each([
    [one(good), ''],
    [one({ ...good, runAsUser: 0 }), 'runAsUser=0 (container "a" must not set runAsUser=0)'],
    [one({ ...good, runAsNonRoot: false }), 'runAsNonRoot != true (container "a" must not set securityContext.runAsNonRoot=false)'],
    [
      { ...one(good), volumes: [{ name: 'v', hostPath: { path: '/' } }] },
      'restricted volume types (volume "v" uses restricted volume type "hostPath")',
    ],
  ])('%j', (spec, text) => expect(check('restricted', spec)).toBe(text));
});

describe('namespaces', () => {
  const labelled = (labels: Record<string, string>) => {
    const w = world({ workers: 0 });
    w.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'n', labels } } as never);
    return w;
  };
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p', namespace: 'n' },
    spec: { containers: [{ name: 'a', image: 'i', securityContext: { privileged: true } }] },
  };
  const post = (w: ReturnType<typeof world>, object: object) => w.request('POST', '/api/v1/namespaces/n/pods', object);

  it('enforce', () => {
    const { code, body } = post(labelled({ 'pod-security.kubernetes.io/enforce': 'baseline' }), pod);
    expect([code, body.message]).toEqual([
      403,
      'pods "p" is forbidden: violates PodSecurity "baseline:latest": privileged (container "a" must not set securityContext.privileged=true)',
    ]);
  });

  it('warn only, of pods and of what makes them', () => {
    const w = labelled({ 'pod-security.kubernetes.io/warn': 'baseline', 'pod-security.kubernetes.io/warn-version': 'v1.30' });
    const text =
      '299 - "would violate PodSecurity \\"baseline:v1.30\\": privileged (container \\"a\\" must not set securityContext.privileged=true)"';
    const made = post(w, pod);
    expect([made.code, made.headers.find(([name]) => name === 'warning')?.[1]]).toEqual([201, text]);
    const template = { metadata: { labels: { app: 'd' } }, spec: pod.spec };
    const deployment = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'd' },
      spec: { selector: { matchLabels: { app: 'd' } }, template },
    };
    const answer = w.request('POST', '/apis/apps/v1/namespaces/n/deployments', deployment);
    expect([answer.code, answer.headers.find(([name]) => name === 'warning')?.[1]]).toEqual([201, text]);
  });

  it('say which pods would not be let in again', () => {
    const w = labelled({});
    post(w, pod);
    const patch = { metadata: { labels: { 'pod-security.kubernetes.io/enforce': 'baseline' } } };
    const { headers } = w.request('PATCH', '/api/v1/namespaces/n', patch, { contentType: 'application/merge-patch+json' });
    expect(headers.filter(([name]) => name === 'warning').map(([, text]) => text)).toEqual([
      '299 - "existing pods in namespace \\"n\\" violate the new PodSecurity enforce level \\"baseline:latest\\""',
      '299 - "p: privileged"',
    ]);
  });

  it('refuse labels that nobody understands', () => {
    const w = world({ workers: 0 });
    const labels = { 'pod-security.kubernetes.io/enforce': 'strict' };
    expect(w.request('POST', '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'n', labels } }).body.message).toBe(
      'Namespace "n" is invalid: metadata.labels[pod-security.kubernetes.io/enforce]: Invalid value: "strict": must be one of privileged, baseline, restricted',
    );
  });
});

describe('what changed with a version', () => {
  const sysctl = (name: string) => ({ ...one(), securityContext: { sysctls: [{ name, value: '1' }] } });
  const rootOfItsOwn = { ...one({ ...good, runAsNonRoot: undefined, runAsUser: 0 }), hostUsers: false };
  it.each([
    ['baseline', 'v1.26', sysctl('net.ipv4.ip_local_reserved_ports'), 'forbidden sysctls (net.ipv4.ip_local_reserved_ports)'],
    ['baseline', 'v1.27', sysctl('net.ipv4.ip_local_reserved_ports'), ''],
    ['baseline', 'v1.31', sysctl('net.ipv4.tcp_rmem'), 'forbidden sysctls (net.ipv4.tcp_rmem)'],
    ['baseline', 'latest', sysctl('net.ipv4.tcp_rmem'), ''],
    [
      'baseline',
      'v1.30',
      one({ seLinuxOptions: { type: 'container_engine_t' } }),
      'seLinuxOptions (container "a" set forbidden securityContext.seLinuxOptions: type "container_engine_t")',
    ],
    ['baseline', 'v1.31', one({ seLinuxOptions: { type: 'container_engine_t' } }), ''],
    ['restricted', 'latest', rootOfItsOwn, ''],
    [
      'restricted',
      'v1.33',
      rootOfItsOwn,
      'runAsNonRoot != true (pod or container "a" must set securityContext.runAsNonRoot=true), runAsUser=0 (container "a" must not set runAsUser=0)',
    ],
    ['restricted', 'v1.7', { ...one(), securityContext: { runAsNonRoot: true, runAsUser: 0 } }, ''],
    [
      'restricted',
      'v1.18',
      one({ runAsNonRoot: true, runAsUser: 0, capabilities: { add: ['NET_ADMIN'] } }),
      'non-default capabilities (container "a" must not include "NET_ADMIN" in securityContext.capabilities.add), allowPrivilegeEscalation != false (container "a" must set securityContext.allowPrivilegeEscalation=false)',
    ],
    ['baseline', 'v1.18', one({ seccompProfile: { type: 'Unconfined' } }), ''],
    [
      'restricted',
      'v1.21',
      one({ runAsNonRoot: true, allowPrivilegeEscalation: false }),
      'seccompProfile (pod or container "a" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")',
    ],
    ['restricted', 'v1.22', one({ ...good, runAsUser: 0 }), ''],
    ['restricted', 'v1.23', one({ ...good, runAsUser: 0 }), 'runAsUser=0 (container "a" must not set runAsUser=0)'],
    [
      'restricted',
      'v1.24',
      { ...one({ ...good, allowPrivilegeEscalation: undefined }), os: { name: 'windows' } },
      'allowPrivilegeEscalation != false (container "a" must set securityContext.allowPrivilegeEscalation=false)',
    ],
    ['restricted', 'v1.25', { ...one({ runAsNonRoot: true }), os: { name: 'windows' } }, ''],
  ] as [Level, string, object, string][])('%s as of %s: %j', (level, version, spec, text) => {
    expect(detailText(evaluate({ level, version }, spec, {}))).toBe(text);
  });
});
