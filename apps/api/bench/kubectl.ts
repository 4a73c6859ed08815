import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Figure } from '@vivakube/db/bench';
import { middle } from './time.ts';

interface Recorded {
  status: number;
  type: string;
  body: Buffer;
}

/** Answers that were recorded from the real thing, given again from memory: the least that kubectl itself costs. */
function stub(answers: Map<string, Recorded>): Promise<{ server: Server; url: string }> {
  const server = createServer((request, response) => {
    const found = answers.get(request.url ?? '');
    if (!found) return void response.writeHead(404).end();
    response.writeHead(found.status, { 'content-type': found.type, 'content-length': found.body.length }).end(found.body);
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve({ server, url: `http://127.0.0.1:${(server.address() as { port: number }).port}` }));
  });
}

function kubectl(binary: string, kubeconfig: string, args: string[], dir: string): Promise<number> {
  const cache = mkdtempSync(join(dir, 'cache-'));
  const start = performance.now();
  return new Promise((resolve, reject) => {
    execFile(binary, args, { env: { ...process.env, KUBECONFIG: kubeconfig, KUBECACHEDIR: cache } }, (error, _, stderr) => {
      if (error) reject(new Error(`kubectl ${args.join(' ')}: ${stderr}`));
      else resolve(performance.now() - start);
    });
  });
}

const TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json';
const AGGREGATED = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json';
const ASKED: readonly [string, string][] = [
  ['/api?timeout=32s', AGGREGATED],
  ['/apis?timeout=32s', AGGREGATED],
  ['/api/v1/nodes?limit=500', TABLE],
];

async function record(base: string, token: string): Promise<Map<string, Recorded>> {
  const answers = new Map<string, Recorded>();
  for (const [path, accept] of ASKED) {
    const response = await fetch(`${base}${path}`, { headers: { authorization: `Bearer ${token}`, accept } });
    answers.set(path, { status: response.status, type: response.headers.get('content-type') ?? '', body: Buffer.from(await response.arrayBuffer()) });
  }
  return answers;
}

const ROUNDS = 15;

/** From the first word to the first answer of a new cluster, beside the same kubectl against a server that only remembers. */
export async function benchKubectl(serverUrl: string, binary: string): Promise<Figure[]> {
  const dir = mkdtempSync(join(tmpdir(), 'vivakube-bench-'));
  const sandbox = async (body: object) => {
    const made = await fetch(`${serverUrl}/api/sandboxes`, { method: 'POST', body: JSON.stringify(body) }).then(
      (r) => r.json() as Promise<{ kubeconfig: string; cluster: { id: string } }>,
    );
    const file = join(dir, `${made.cluster.id}.yaml`);
    writeFileSync(file, made.kubeconfig);
    return { file, id: made.cluster.id, token: /token: (\S+)/.exec(made.kubeconfig)?.[1] ?? '' };
  };
  const first = await sandbox({});
  const { server, url } = await stub(await record(`${serverUrl}/clusters/${first.id}`, first.token));
  const stubConfig = join(dir, 'stub.yaml');
  writeFileSync(
    stubConfig,
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: 's', cluster: { server: url } }],
      contexts: [{ name: 's', context: { cluster: 's', user: 's' } }],
      users: [{ name: 's', user: {} }],
      'current-context': 's',
    }),
  );
  const floor: number[] = [];
  const ours: number[] = [];
  for (let i = 0; i < ROUNDS; i++) {
    floor.push(await kubectl(binary, stubConfig, ['get', 'nodes'], dir));
    const start = performance.now();
    const { file } = await sandbox({});
    await kubectl(binary, file, ['get', 'nodes'], dir);
    ours.push(performance.now() - start);
  }
  const ready = await applyToReady(binary, (await sandbox({ timing: 'instant' })).file, dir);
  server.close();
  rmSync(dir, { recursive: true, force: true });
  return [
    { what: 'kubectl get nodes against a static stub (floor)', value: middle(floor), unit: 'ms' },
    { what: 'create a cluster, then its first kubectl get nodes', value: middle(ours), unit: 'ms' },
    { what: 'create and first get nodes, times the stub', value: middle(ours) / middle(floor), unit: 'x', goal: { at: 'most', value: 1.4 } },
    {
      what: 'apply of 10 replicas to all Ready (two kubectl runs, instant profile), times the stub',
      value: ready / (2 * middle(floor)),
      unit: 'x',
      goal: { at: 'most', value: 1.5 },
    },
  ];
}

async function applyToReady(binary: string, kubeconfig: string, dir: string): Promise<number> {
  const file = join(dir, 'deployment.json');
  const taken: number[] = [];
  for (let i = 0; i < 7; i++) {
    const name = `web-${i}`;
    const template = { metadata: { labels: { app: name } }, spec: { containers: [{ name: 'c', image: 'nginx:1.25' }] } };
    writeFileSync(
      file,
      JSON.stringify({
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name },
        spec: { replicas: 10, selector: { matchLabels: { app: name } }, template },
      }),
    );
    const start = performance.now();
    await kubectl(binary, kubeconfig, ['create', '--validate=false', '-f', file], dir);
    await kubectl(binary, kubeconfig, ['wait', '--for=jsonpath={.status.readyReplicas}=10', `deployment/${name}`, '--timeout=20s'], dir);
    taken.push(performance.now() - start);
  }
  return middle(taken);
}
