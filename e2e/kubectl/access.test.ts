import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import * as x509 from '@peculiar/x509';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Kubectl, Server, scratch } from '../harness.ts';
import { kubectl } from '../tools.mjs';

x509.cryptoProvider.set(webcrypto as unknown as Crypto);
const RSA = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', publicExponent: new Uint8Array([1, 0, 1]), modulusLength: 2048 };
const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** A key and a request for a certificate, both in PEM, as openssl makes them. */
async function askFor(name: string): Promise<{ key: string; request: string }> {
  const keys = (await webcrypto.subtle.generateKey(RSA, true, ['sign', 'verify'])) as CryptoKeyPair;
  const request = await x509.Pkcs10CertificateRequestGenerator.create({ name, keys, signingAlgorithm: RSA });
  const key = x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey as never), 'PRIVATE KEY');
  return { key, request: request.toString('pem') };
}

const signingRequest = (request: string): string => `
apiVersion: certificates.k8s.io/v1
kind: CertificateSigningRequest
metadata: {name: jane}
spec: {request: ${base64(request)}, signerName: kubernetes.io/kube-apiserver-client, expirationSeconds: 86400, usages: [client auth]}
`;

describe.each(['1.32', '1.35'])('people of a cluster, by kubectl %s', (version) => {
  const { dir, remove } = scratch();
  let server: Server;
  let k: Kubectl;
  let sandbox: string;
  const ofJane = async (kubeconfig: string, key: string): Promise<Kubectl> => {
    const file = `${dir}/jane-${Math.random().toString(36).slice(2)}`;
    writeFileSync(`${dir}/jane.key`, key);
    const config = new Kubectl(kubectl(version), kubeconfig, `${dir}/cache`);
    writeFileSync(file, await config.ok('config view --raw --minify'));
    const jane = new Kubectl(kubectl(version), file, `${dir}/cache-jane`);
    await jane.ok(`config set-credentials jane --client-certificate=${dir}/jane.crt --client-key=${dir}/jane.key --embed-certs`);
    await jane.ok('config set-context --current --user=jane');
    return jane;
  };

  beforeAll(async () => {
    server = await Server.start({ dataDir: `${dir}/data` });
    sandbox = await server.sandbox(dir);
    k = new Kubectl(kubectl(version), sandbox, `${dir}/cache`);
  });
  afterAll(async () => {
    await server.stop();
    remove();
  });

  test('are who their certificate says, in the cluster that signed it and in no other', async () => {
    const { key, request } = await askFor('O=dev, CN=jane');
    await k.ok('apply -f -', signingRequest(request));
    expect(await k.ok('get csr jane')).toMatch(/^jane +\d+s +kubernetes\.io\/kube-apiserver-client +kubernetes-admin +24h +Pending$/m);
    expect(await k.ok('certificate approve jane')).toContain('jane approved');
    expect(await k.ok('get csr jane')).toMatch(/Approved,Issued$/m);
    writeFileSync(`${dir}/jane.crt`, Buffer.from(await k.ok("get csr jane -o jsonpath='{.status.certificate}'"), 'base64').toString());
    const jane = await ofJane(sandbox, key);
    expect(await jane.ok('auth whoami')).toMatch(/^Username +jane\nGroups +\[dev system:authenticated\]$/m);
    expect(await jane.fails('get pods')).toContain('User "jane" cannot list resource "pods" in API group "" in the namespace "default"');
    await k.ok('create rolebinding devs --clusterrole=view --group=dev');
    await server.restart();
    expect((await jane.run('get pods')).text).toContain('No resources found in default namespace.');
    const stranger = await ofJane(await server.sandbox(dir), key);
    expect(await stranger.fails('get pods')).toMatch(/Unauthorized|must be logged in/);
  });
});
