import { generateKeyPairSync, sign, X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ADMIN, EPOCH, world } from '../../../testing/world.ts';
import { der, derBits, derInteger, derOid, derText, TAG } from './der.ts';
import { readPem, writePem } from './pem.ts';
import { readRequest } from './request.ts';

const KEYS: Record<string, () => [key: { privateKey: never; publicKey: never }, algorithm: string, hash: string | null]> = {
  'RSA, SHA-256': () => [generateKeyPairSync('rsa', { modulusLength: 2048 }) as never, '1.2.840.113549.1.1.11', 'sha256'],
  'RSA, SHA-512': () => [generateKeyPairSync('rsa', { modulusLength: 1024 }) as never, '1.2.840.113549.1.1.13', 'sha512'],
  'P-256': () => [generateKeyPairSync('ec', { namedCurve: 'P-256' }) as never, '1.2.840.10045.4.3.2', 'sha256'],
  'P-384': () => [generateKeyPairSync('ec', { namedCurve: 'P-384' }) as never, '1.2.840.10045.4.3.3', 'sha384'],
  'P-521': () => [generateKeyPairSync('ec', { namedCurve: 'P-521' }) as never, '1.2.840.10045.4.3.4', 'sha512'],
  Ed25519: () => [generateKeyPairSync('ed25519') as never, '1.3.101.112', null],
};
const [CN, O] = ['2.5.4.3', '2.5.4.10'];
const nameOf = (...parts: [string, string][]) =>
  der(TAG.sequence, ...parts.map(([oid, text]) => der(TAG.set, der(TAG.sequence, derOid(oid), derText(text)))));

function askFor(key: string, names: [string, string][], dns: string[] = []): string {
  const [pair, algorithm, hash] = (KEYS[key] as (typeof KEYS)[string])();
  const sans = der(TAG.sequence, ...dns.map((name) => der(0x82, new TextEncoder().encode(name))));
  const extension = der(TAG.sequence, der(TAG.sequence, derOid('2.5.29.17'), der(TAG.octetString, sans)));
  const attributes = dns.length > 0 ? der(0xa0, der(TAG.sequence, derOid('1.2.840.113549.1.9.14'), der(TAG.set, extension))) : der(0xa0);
  const publicKey = (pair.publicKey as { export: (o: object) => Buffer }).export({ type: 'spki', format: 'der' });
  const info = der(TAG.sequence, derInteger(0n), nameOf(...names), publicKey, attributes);
  const signature = sign(hash, info, pair.privateKey);
  return writePem({ type: 'CERTIFICATE REQUEST', bytes: der(TAG.sequence, info, der(TAG.sequence, derOid(algorithm)), derBits(signature)) });
}

const base64 = (text: string) => Buffer.from(text).toString('base64');
const CLIENT = 'kubernetes.io/kube-apiserver-client';
const url = '/apis/certificates.k8s.io/v1/certificatesigningrequests';

function asked(w: ReturnType<typeof world>, request: string, spec: object = {}, user = ADMIN) {
  return w.request(
    'POST',
    url,
    { metadata: { name: 'jane' }, spec: { request: base64(request), signerName: CLIENT, usages: ['client auth'], ...spec } },
    { user },
  );
}

function decide(w: ReturnType<typeof world>, type: string) {
  const { body } = w.request('GET', `${url}/jane`);
  body.status.conditions = [{ type, status: 'True', reason: 'KubectlApprove', message: 'm' }];
  return w.request('PUT', `${url}/jane/approval`, body);
}

const stored = (w: ReturnType<typeof world>) => w.object('certificates.k8s.io/certificatesigningrequests//jane');
const certificateOf = (w: ReturnType<typeof world>) => Buffer.from(stored(w)?.status.certificate ?? '', 'base64').toString();
const whoAmI = (w: ReturnType<typeof world>, certificate: Uint8Array) =>
  w.request('POST', '/apis/authentication.k8s.io/v1/selfsubjectreviews', {}, { certificate, user: { username: 'system:anonymous', groups: [] } });

describe('a request for a certificate', () => {
  it.each(Object.keys(KEYS))('with a key of %s is read and checked', (key) => {
    const pem = askFor(key, [[CN, 'jane']]);
    expect(readRequest(pem)).toMatchObject({ subject: { commonName: 'jane' }, signatureProblem: undefined });
    const block = readPem(pem) as { type: string; bytes: Uint8Array };
    const bytes = Uint8Array.from(block.bytes);
    const at = Buffer.from(bytes).indexOf('jane');
    bytes[at] = 'J'.charCodeAt(0);
    expect(readRequest(writePem({ ...block, bytes }))).toMatchObject({ signatureProblem: expect.stringMatching(/verification (error|failure)/) });
  });

  it.each([
    ['nothing', 'PEM block type must be CERTIFICATE REQUEST'],
    [writePem({ type: 'CERTIFICATE', bytes: Uint8Array.of(1) }), 'PEM block type must be CERTIFICATE REQUEST'],
    [writePem({ type: 'CERTIFICATE REQUEST', bytes: Uint8Array.of(0x30, 0x82) }), 'asn1: syntax error: data truncated'],
  ])('%j is none', (text, problem) => {
    expect(asked(world({ workers: 0 }), text, { signerName: 'example.com/any' }).body.message).toContain(
      `spec.request: Invalid value: "${base64(text)}": ${problem}`,
    );
  });
});

describe('an approved request', () => {
  it('gets a certificate, which says who its holder is until it ends', () => {
    const w = world({ workers: 0 });
    expect(
      asked(
        w,
        askFor(
          'P-256',
          [
            [O, 'dev'],
            [O, 'ops'],
            [CN, 'jane'],
          ],
          ['jane.example'],
        ),
        { expirationSeconds: 3600 },
      ).code,
    ).toBe(201);
    expect(stored(w)?.status.certificate).toBeUndefined();
    expect(decide(w, 'Approved').code).toBe(200);
    const certificate = new X509Certificate(certificateOf(w));
    expect([certificate.subject, certificate.issuer, certificate.subjectAltName]).toEqual([
      'O=dev\nO=ops\nCN=jane',
      'CN=kubernetes',
      'DNS:jane.example',
    ]);
    expect([certificate.validFrom, certificate.validTo]).toEqual(['Dec 31 23:55:00 2025 GMT', 'Jan  1 01:00:00 2026 GMT']);
    expect([certificate.ca, certificate.keyUsage]).toEqual([false, ['1.3.6.1.5.5.7.3.2']]);
    const bytes = Uint8Array.from(certificate.raw);
    expect(whoAmI(w, bytes).body.status.userInfo).toEqual({
      username: 'jane',
      groups: ['dev', 'ops', 'system:authenticated'],
      extra: { 'authentication.kubernetes.io/credential-id': [`X509SHA256=${certificate.fingerprint256.replaceAll(':', '').toLowerCase()}`] },
    });
    expect(whoAmI(world({ workers: 0, seed: 'another' }), bytes).code).toBe(401);
    w.advance(3_601_000);
    expect(whoAmI(w, bytes).code).toBe(401);
  });

  it('is valid for a year at most, and the same whenever it is signed again', () => {
    const signed = (key: string): string => {
      const w = world({ workers: 0, timing: 'realistic' });
      asked(w, key, { expirationSeconds: 10 ** 9 });
      decide(w, 'Approved');
      return certificateOf(w);
    };
    const request = askFor('RSA, SHA-256', [[CN, 'jane']]);
    expect(new X509Certificate(signed(request)).validTo).toBe('Dec 31 23:55:00 2026 GMT');
    expect(signed(request)).toBe(signed(request));
  });

  it.each([
    [{ usages: ['server auth', 'client auth'] }, 'invalid usage for client certificate: server auth'],
    [{ usages: ['digital signature'] }, 'missing required usage for client certificate: client auth'],
    [{ signerName: `${CLIENT}-kubelet` }, 'subject organization is not system:nodes'],
    [{ signerName: 'kubernetes.io/kubelet-serving' }, 'subject organization is not system:nodes'],
  ])('%j fails', (spec, message) => {
    const w = world({ workers: 0 });
    asked(w, askFor('Ed25519', [[CN, 'jane']]), spec);
    decide(w, 'Approved');
    expect(stored(w)?.status.certificate).toBeUndefined();
    expect(stored(w)?.status.conditions).toMatchObject([{ type: 'Approved' }, { type: 'Failed', reason: 'SignerValidationFailure', message }]);
  });

  it('waits for somebody else where no signer of the cluster is meant, and no decision is taken back', () => {
    const w = world({ workers: 0 });
    asked(w, askFor('P-256', [[CN, 'jane']]), { signerName: 'example.com/own' });
    decide(w, 'Approved');
    expect(stored(w)?.status.certificate).toBeUndefined();
    expect(decide(w, 'Denied').body.message).toContain('status.conditions: Forbidden: updates may not remove a condition of type "Approved"');
  });

  it('may not make anybody a master', () => {
    const { code, body } = asked(
      world({ workers: 0 }),
      askFor('P-256', [
        [O, 'system:masters'],
        [CN, 'jane'],
      ]),
    );
    expect([code, body.message]).toEqual([
      403,
      `certificatesigningrequests.certificates.k8s.io "jane" is forbidden: use of ${CLIENT} signer with system:masters group is not allowed`,
    ]);
  });
});

it('kubelets are approved by their rights', () => {
  const node = () =>
    askFor('P-256', [
      [O, 'system:nodes'],
      [CN, 'system:node:w1'],
    ]);
  const spec = { signerName: `${CLIENT}-kubelet`, usages: ['digital signature', 'client auth'] };
  const messageFor = (username: string, groups: string[]) => {
    const w = world({ workers: 0 });
    w.apply({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: 'renew' },
      rules: [
        {
          apiGroups: ['certificates.k8s.io'],
          resources: ['certificatesigningrequests/selfnodeclient', 'certificatesigningrequests'],
          verbs: ['create'],
        },
      ],
    });
    w.apply({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: 'renew' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'renew' },
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'system:nodes' }],
    });
    asked(w, node(), spec, { username, groups });
    return [stored(w)?.status.conditions?.[0]?.message, Boolean(stored(w)?.status.certificate)];
  };
  expect(messageFor('system:node:w1', ['system:nodes'])).toEqual(['Auto approving self kubelet client certificate after SubjectAccessReview.', true]);
  expect(messageFor('system:node:w2', ['system:nodes'])).toEqual([undefined, false]);
});

describe('the cleaner', () => {
  it.each([
    ['pending', undefined, 24],
    ['denied', 'Denied', 1],
    ['issued', 'Approved', 1],
  ])('removes a %s request at its first look after the time is over', (_name, decision, hours) => {
    const w = world({ workers: 0, at: EPOCH });
    w.advance(60_000);
    asked(w, askFor('P-256', [[CN, 'jane']]));
    if (decision) decide(w, decision);
    w.advance(hours * 3_600_000);
    expect(stored(w)).toBeDefined();
    w.advance(3_600_000);
    expect(stored(w)).toBeUndefined();
  });
});
