import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Kubectl, Server, scratch } from '../harness.ts';
import { kubectl } from '../tools.mjs';

const manifest = (image: string, replicas = 3) => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {app: web}}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - {name: nginx, image: "${image}", ports: [{containerPort: 80}]}
`;

/** A Deployment's whole life, by the clients that people have, with the process killed between any two lines. */
describe.each(['1.32', '1.35'])('a Deployment through kubectl %s', (version) => {
  const { dir, remove } = scratch();
  let server: Server;
  let k: Kubectl;

  beforeAll(async () => {
    server = await Server.start({ dataDir: `${dir}/data` });
    k = new Kubectl(kubectl(version), await server.sandbox(dir), `${dir}/cache`);
  });
  afterAll(async () => {
    await server.stop();
    remove();
  });

  test('is created, rolled out and listed', async () => {
    expect(await k.ok('apply -f -', manifest('nginx:1.14.2'))).toBe('deployment.apps/web created\n');
    expect(await k.ok('rollout status deploy/web --timeout=90s')).toContain('deployment "web" successfully rolled out');
    expect(await k.ok('get deploy web')).toMatch(/^NAME +READY +UP-TO-DATE +AVAILABLE +AGE\nweb +3\/3 +3 +3 +\d/);
    expect(await k.ok('apply -f -', manifest('nginx:1.14.2'))).toBe('deployment.apps/web unchanged\n');
    await server.restart();
    expect(await k.ok('get pods')).toMatch(/(web-\w+-\w{5} +1\/1 +Running +0 +\d+s\n){3}/);
  });

  test('is updated, gets stuck on a tag that does not exist, and is rolled back', async () => {
    await k.ok('set image deploy/web nginx=nginx:1.16.1');
    await server.restart();
    expect(await k.ok('rollout status deploy/web --timeout=90s')).toContain('successfully rolled out');
    await k.ok('set image deploy/web nginx=nginx:1.161');
    await server.restart();
    await k.until('get pods', (text) => text.includes('ImagePullBackOff'));
    expect(await k.fails('rollout status deploy/web --timeout=2s')).toContain('1 out of 3 new replicas have been updated');
    expect(await k.ok("get deploy web -o jsonpath='{.status.availableReplicas}'")).toContain('3');
    expect(await k.ok('rollout undo deploy/web')).toBe('deployment.apps/web rolled back\n');
    await server.restart();
    expect(await k.ok('rollout status deploy/web --timeout=90s')).toContain('successfully rolled out');
    expect(await k.ok('rollout history deploy/web')).toMatch(/^1 +<none>\n3 +<none>\n4 +<none>$/m);
    expect(await k.fails('rollout undo deploy/web --to-revision=99')).toContain('unable to find specified revision');
  });

  test('is scaled, diffed, tried dry, applied by the server, and deleted with what it owns', async () => {
    await k.ok('scale deploy/web --replicas=6');
    expect(await k.ok('rollout status deploy/web --timeout=90s')).toContain('successfully rolled out');
    expect((await k.run('diff -f -', manifest('nginx:1.16.1', 2))).text).toMatch(/^\+ +replicas: 2$/m);
    expect(await k.ok('apply --dry-run=server -f -', manifest('nginx:1.16.1', 4))).toContain('(server dry run)');
    expect(await k.fails('apply --server-side --field-manager=other -f -', manifest('nginx:1.16.1', 9))).toContain('conflict');
    expect(await k.ok('apply --server-side --force-conflicts -f -', manifest('nginx:1.16.1', 2))).toContain('serverside-applied');
    await k.ok('delete deploy web --wait=true');
    await k.until('get rs,pods --no-headers', (text) => text.includes('No resources found'));
  });

  test('explains, describes, and answers who may do what', async () => {
    expect(await k.ok('explain deployment.spec.strategy.type')).toContain('RollingUpdate');
    await k.ok('create deployment again --image=httpd:2.4');
    expect(await k.ok('describe deploy again')).toMatch(/^StrategyType: +RollingUpdate$/m);
    expect(await k.ok('auth can-i delete pods')).toBe('yes\n');
    expect(await k.ok('auth whoami')).toContain('kubernetes-admin');
    expect(await k.ok('api-resources')).toMatch(/^deployments +deploy +apps\/v1 +true +Deployment$/m);
  });
});
