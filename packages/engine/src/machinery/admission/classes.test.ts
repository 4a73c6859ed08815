import { describe, expect, it } from 'vitest';
import { world } from '../../../testing/world.ts';
import type { Attributes } from '../machine.ts';
import { persistentVolumeClaimResize } from './persistent-volume-claim-resize.ts';

const claim = (spec: object = {}) => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'c', namespace: 'default' },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, ...spec },
});

describe('DefaultStorageClass', () => {
  it('chooses the default, the newest of several, and none where "" is asked for', () => {
    const w = world({ workers: 0 });
    expect(w.create(claim()).spec.storageClassName).toBe('standard');
    expect(w.create({ ...claim({ storageClassName: '' }), metadata: { name: 'none', namespace: 'default' } }).spec.storageClassName).toBe('');
    w.advance(5000);
    const annotations = { 'storageclass.kubernetes.io/is-default-class': 'true' };
    w.create({ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'a-new', annotations }, provisioner: 'p' } as never);
    expect(w.create({ ...claim(), metadata: { name: 'later', namespace: 'default' } }).spec.storageClassName).toBe('a-new');
  });
});

describe('DefaultIngressClass', () => {
  const ingress = (name: string, more: object = {}) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name, namespace: 'default', ...more },
    spec: { defaultBackend: { service: { name: 's', port: { number: 80 } } } },
  });

  it('is filled in unless the ingress names one in any way', () => {
    const w = world({ workers: 0 });
    expect(w.create(ingress('before')).spec.ingressClassName).toBeUndefined();
    const annotations = { 'ingressclass.kubernetes.io/is-default-class': 'true' };
    w.create({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'IngressClass',
      metadata: { name: 'nginx', annotations },
      spec: { controller: 'k8s.io/x' },
    } as never);
    expect(w.create(ingress('after')).spec.ingressClassName).toBe('nginx');
    expect(w.create(ingress('old', { annotations: { 'kubernetes.io/ingress.class': 'x' } })).spec.ingressClassName).toBeUndefined();
  });
});

describe('PersistentVolumeClaimResize', () => {
  const kind = { group: '', plural: 'persistentvolumeclaims' };
  const resized = (from: string, to: string, phase: string, allowVolumeExpansion?: boolean) => {
    const sized = (storage: string) => ({ ...claim({ storageClassName: 's', resources: { requests: { storage } } }), status: { phase } });
    const txn = { get: () => ({ allowVolumeExpansion }) };
    const attributes = { operation: 'UPDATE', kind, subresource: '', name: 'c', object: sized(to), old: sized(from), txn };
    return () => persistentVolumeClaimResize.validate?.(attributes as unknown as Attributes);
  };

  it.each([
    ['1Gi', '2Gi', 'Pending', true, 'Only bound persistent volume claims can be expanded'],
    [
      '1Gi',
      '2Gi',
      'Bound',
      undefined,
      'only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize',
    ],
  ])('%s to %s of a %s claim is refused', (from, to, phase, allowed, text) => {
    expect(resized(from, to, phase, allowed)).toThrow(`persistentvolumeclaims "c" is forbidden: ${text}`);
  });

  it.each([
    ['1Gi', '2Gi', 'Bound', true],
    ['1Gi', '1024Mi', 'Pending', false],
  ])('%s to %s of a %s claim is allowed', (from, to, phase, allowed) => expect(resized(from, to, phase, allowed)).not.toThrow());
});

describe('RuntimeClass', () => {
  const pod = (name: string, spec: object) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name },
    spec: { containers: [{ name: 'c', image: 'i' }], ...spec },
  });
  const post = (w: ReturnType<typeof world>, object: object) => w.request('POST', '/api/v1/namespaces/default/pods', object).body;

  it('gives pods its overhead and its place', () => {
    const w = world({ workers: 0 });
    w.create({
      apiVersion: 'node.k8s.io/v1',
      kind: 'RuntimeClass',
      metadata: { name: 'kata' },
      handler: 'kata',
      overhead: { podFixed: { memory: '120Mi' } },
      scheduling: { nodeSelector: { kata: 'yes' }, tolerations: [{ key: 'kata', operator: 'Exists' }] },
    } as never);
    const { spec } = post(w, pod('a', { runtimeClassName: 'kata', nodeSelector: { zone: 'a' } }));
    expect(spec.overhead).toEqual({ memory: '120Mi' });
    expect(spec.nodeSelector).toEqual({ zone: 'a', kata: 'yes' });
    expect(spec.tolerations).toContainEqual({ key: 'kata', operator: 'Exists' });
    expect(post(w, pod('b', { runtimeClassName: 'kata', nodeSelector: { kata: 'no' } })).message).toBe(
      'pods "b" is forbidden: conflict: runtimeClass.scheduling.nodeSelector[kata] = yes; pod.spec.nodeSelector[kata] = no',
    );
    expect(post(w, pod('c', { runtimeClassName: 'nope' })).message).toBe('pods "c" is forbidden: pod rejected: RuntimeClass "nope" not found');
  });
});

describe('StorageObjectInUseProtection', () => {
  it('marks claims', () => {
    expect(world({ workers: 0 }).create(claim()).metadata.finalizers).toEqual(['kubernetes.io/pvc-protection']);
  });
});

describe('nodes', () => {
  it('take nothing in before they were seen to be ready', () => {
    const made = world({ workers: 0 }).create({
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'n' },
      spec: { taints: [{ key: 'own', effect: 'NoExecute' }] },
    });
    expect(made.spec.taints).toEqual([
      { key: 'own', effect: 'NoExecute' },
      { key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' },
    ]);
  });

  it('may come with their status', () => {
    const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n' }, status: { capacity: { cpu: '4' } } };
    expect(world({ workers: 0 }).create(node).status.capacity).toEqual({ cpu: '4' });
  });
});

describe('certificate requests', () => {
  const url = '/apis/certificates.k8s.io/v1/certificatesigningrequests';
  const pkcs10 =
    'MIHKMHECAQAwDzENMAsGA1UEAwwEamFuZTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABKYtiyfE+K4goQHaor5bRdrZIvRyhMZXkWbZky6Bha3mk8ctNMtvQpdR2fC7Ft9u3XDYNQwZsT5lX+8BqbNU4PagADAKBggqhkjOPQQDAgNJADBGAiEAuRPZRquH48K76/U4PVGsYed037hh+rQdIyLPEkWKPcwCIQC2fRdQ41u79Vfb+iuPxAdgUg1eJaN6i6aofe6qN3yIvg==';
  const request = Buffer.from(`-----BEGIN CERTIFICATE REQUEST-----\n${pkcs10}\n-----END CERTIFICATE REQUEST-----\n`).toString('base64');
  const csr = {
    apiVersion: 'certificates.k8s.io/v1',
    kind: 'CertificateSigningRequest',
    metadata: { name: 'c' },
    spec: { request, signerName: 'example.com/signer', usages: ['client auth'], username: 'somebody' },
  };
  const approval = { status: { conditions: [{ type: 'Approved', status: 'True', reason: 'r', message: 'm' }] } };

  it('say who asked, and are approved by those who may', () => {
    const w = world({ workers: 0 });
    expect(w.request('POST', url, csr).body.spec).toMatchObject({ username: 'kubernetes-admin', groups: ['system:masters', 'system:authenticated'] });
    const RBAC = 'rbac.authorization.k8s.io';
    const rules = [{ apiGroups: ['certificates.k8s.io'], resources: ['certificatesigningrequests/approval'], verbs: ['patch'] }];
    w.create({ apiVersion: `${RBAC}/v1`, kind: 'ClusterRole', metadata: { name: 'approver' }, rules } as never);
    w.create({
      apiVersion: `${RBAC}/v1`,
      kind: 'ClusterRoleBinding',
      metadata: { name: 'approver' },
      roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: 'approver' },
      subjects: [{ kind: 'User', apiGroup: RBAC, name: 'jane' }],
    } as never);
    const patch = { contentType: 'application/merge-patch+json' };
    const refused = w.request('PATCH', `${url}/c/approval`, approval, { ...patch, user: { username: 'jane', groups: [] } });
    expect(refused.body.message).toBe(
      'certificatesigningrequests.certificates.k8s.io "c" is forbidden: user not permitted to approve requests with signerName "example.com/signer"',
    );
    expect(w.request('PATCH', `${url}/c/approval`, approval, patch).code).toBe(200);
  });
});
