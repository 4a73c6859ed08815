import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Kubectl, Server, scratch } from '../harness.ts';
import { helm, kubectl } from '../tools.mjs';

const TEMPLATE = `
apiVersion: v1
kind: ConfigMap
metadata: {name: {{ .Release.Name }}-settings}
data: {replicas: {{ .Values.replicas | quote }}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: {{ .Release.Name }}}
spec:
  replicas: {{ .Values.replicas }}
  selector: {matchLabels: {app: {{ .Release.Name }}}}
  template:
    metadata: {labels: {app: {{ .Release.Name }}}}
    spec: {containers: [{name: c, image: "nginx:1.25", ports: [{containerPort: 80}]}]}
`;

describe.each(['1.32', '1.35'])('helm as shipped beside kubectl %s', (version) => {
  const { dir, remove } = scratch();
  let server: Server;
  let kubeconfig: string;
  let k: Kubectl;

  beforeAll(async () => {
    server = await Server.start({ dataDir: join(dir, 'data') });
    kubeconfig = await server.sandbox(dir);
    k = new Kubectl(kubectl(version), kubeconfig, join(dir, 'cache'));
    mkdirSync(join(dir, 'chart', 'templates'), { recursive: true });
    writeFileSync(join(dir, 'chart', 'Chart.yaml'), 'apiVersion: v2\nname: little\nversion: 0.1.0\n');
    writeFileSync(join(dir, 'chart', 'values.yaml'), 'replicas: 2\n');
    writeFileSync(join(dir, 'chart', 'templates', 'all.yaml'), TEMPLATE);
  });
  afterAll(async () => {
    await server.stop();
    remove();
  });

  const run = (...args: string[]): Promise<string> =>
    new Promise((resolve, reject) => {
      const env = { ...process.env, KUBECONFIG: kubeconfig, HOME: dir };
      execFile(helm(version), args, { cwd: dir, env, timeout: 100_000 }, (error, stdout, stderr) =>
        error ? reject(new Error(`helm ${args.join(' ')}: ${stderr}`)) : resolve(stdout),
      );
    });

  test('installs, upgrades, rolls back and uninstalls a chart, waiting each time', async () => {
    expect(await run('install', 'shop', './chart', '--wait', '--timeout', '60s')).toContain('STATUS: deployed');
    await run('upgrade', 'shop', './chart', '--set', 'replicas=3', '--wait', '--timeout', '60s');
    expect(await k.ok('get deploy shop')).toMatch(/shop +3\/3/);
    await run('rollback', 'shop', '1', '--wait', '--timeout', '60s');
    expect(await k.ok("get cm shop-settings -o jsonpath='{.data.replicas}'")).toContain('2');
    expect(await run('history', 'shop')).toMatch(/Rollback to 1/);
    await run('uninstall', 'shop', '--wait', '--timeout', '60s');
    expect(await k.ok('get deploy,cm,secret')).not.toContain('shop');
  });

  // Long answers and long requests in turn on one connection.
  test('upgrades a release that is long again and again', async () => {
    mkdirSync(join(dir, 'long', 'templates'), { recursive: true });
    writeFileSync(join(dir, 'long', 'Chart.yaml'), 'apiVersion: v2\nname: long\nversion: 0.1.0\n');
    writeFileSync(
      join(dir, 'long', 'templates', 'map.yaml'),
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: long}\ndata: {text: "{{ randAlphaNum 9000 }}"}\n',
    );
    for (let revision = 1; revision <= 10; revision++) await run('upgrade', '--install', 'long', './long');
    expect((await run('history', 'long')).trim().split('\n')).toHaveLength(11);
  });
});
