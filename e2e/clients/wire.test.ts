import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { Server, scratch } from '../harness.ts';

interface Made {
  cluster: { id: string; name: string; server: string };
  kubeconfig: string;
  expiresAt: string;
}

describe('the wire', () => {
  const { dir, remove } = scratch();
  let server: Server;
  let made: Made;
  let base: string;
  let token: string;

  beforeAll(async () => {
    server = await Server.start({ dataDir: `${dir}/data`, env: { CLUSTER_REQUESTS_PER_SECOND: '20' } });
    made = await sandbox();
    token = tokenOf(made);
    base = `${server.url}/clusters/${made.cluster.id}`;
  });
  afterAll(async () => {
    await server.stop();
    remove();
  });

  const sandbox = async (body?: string): Promise<Made> => {
    const response = await fetch(`${server.url}/api/sandboxes`, { method: 'POST', ...(body ? { body } : {}) });
    expect(response.status).toBe(201);
    return response.json() as Promise<Made>;
  };
  const tokenOf = ({ kubeconfig }: Made): string => /token: (\S+)/.exec(kubeconfig)?.[1] ?? '';
  const call = (path: string, init: RequestInit & { headers?: Record<string, string> } = {}): Promise<Response> =>
    fetch(`${base}${path}`, { ...init, headers: { authorization: `Bearer ${token}`, ...init.headers } });
  const post = (path: string, body: string, contentType = 'application/json'): Promise<Response> =>
    call(path, { method: 'POST', body, headers: { 'content-type': contentType } });
  const configmaps = '/api/v1/namespaces/default/configmaps';

  test('answers are set out for people who read them as they come', async () => {
    const text = async (query: string, agent: string) =>
      (await call(`/api/v1/namespaces/default${query}`, { headers: { 'user-agent': agent } })).text();
    expect(await text('?pretty=true', 'test')).toMatch(/^{\n {2}"kind": "Namespace",\n/);
    expect(await text('', 'curl/8.0')).toMatch(/^{\n {2}"kind"/);
    expect(await text('?pretty=false', 'curl/8.0')).toMatch(/^{"kind"/);
    expect(await text('', 'kubectl/v1.35.0')).toMatch(/^{"kind"/);
    const { headers } = await call('/api/v1/namespaces/none');
    expect([headers.get('cache-control'), headers.get('audit-id')]).toEqual(['no-cache, private', expect.stringMatching(/^[0-9a-f-]{36}$/)]);
  });

  test('a page of a list whose past is gone comes with the way on', async () => {
    const token = Buffer.from(JSON.stringify({ v: 'meta.k8s.io/v1', rv: 1, start: 'default/a' })).toString('base64url');
    const gone = await call(`${configmaps}?limit=1&continue=${token}`);
    expect(gone.status).toBe(410);
    const { reason, metadata } = (await gone.json()) as { reason: string; metadata: { continue: string } };
    expect(reason).toBe('Expired');
    const rest = await call(`${configmaps}?limit=1&continue=${metadata.continue}`);
    expect(await rest.json()).toMatchObject({ kind: 'ConfigMapList', items: [{ metadata: { name: 'kube-root-ca.crt' } }] });
  });

  test('a watch from a past that is gone is told so in its first event', async () => {
    const response = await call(`${configmaps}?watch=1&resourceVersion=1`);
    expect(response.status).toBe(200);
    expect(JSON.parse(await response.text())).toMatchObject({
      type: 'ERROR',
      object: { kind: 'Status', reason: 'Expired', code: 410, message: expect.stringMatching(/^too old resource version: 1 \(\d+\)$/) },
    });
  });

  test('a sandbox says what it is and what was wrong with the wish for one', async () => {
    expect(made).toMatchObject({
      cluster: { id: expect.any(String), name: expect.any(String), server: expect.stringMatching(/^https:\/\/localhost:\d+\/clusters\//) },
      expiresAt: expect.stringMatching(/Z$/),
    });
    const bare = await sandbox('{"nodes": 0}');
    const nodes = await fetch(`${server.url}/clusters/${bare.cluster.id}/api/v1/nodes`, { headers: { authorization: `Bearer ${tokenOf(bare)}` } });
    expect(await nodes.json()).toMatchObject({ kind: 'NodeList', items: [] });
    for (const body of ['{"nodes": 51}', '{"timing": "never"}', '{"node": 1}']) {
      const response = await fetch(`${server.url}/api/sandboxes`, { method: 'POST', body });
      expect(response.status).toBe(422);
    }
    expect((await fetch(`${server.url}/api/sandboxes`, { method: 'POST', body: '{' })).status).toBe(400);
  });

  test('a token opens its own cluster and no other, and an unknown cluster looks the same as a closed one', async () => {
    const other = await sandbox();
    const bodies = await Promise.all(
      [`${server.url}/clusters/${other.cluster.id}`, `${server.url}/clusters/nothere`].map(async (url) => {
        const response = await fetch(`${url}/api/v1/nodes`, { headers: { authorization: `Bearer ${token}` } });
        expect(response.status).toBe(401);
        return response.text();
      }),
    );
    expect(bodies[0]).toBe(bodies[1]);
    expect((await fetch(`${base}/api/v1/nodes`)).status).toBe(401);
  });

  test('a cookie opens the cluster for the same origin only when something is to change', async () => {
    const headers = { cookie: `vk_${made.cluster.id}=${token}`, 'content-type': 'application/json' };
    expect((await fetch(`${base}/api/v1/nodes`, { headers })).status).toBe(200);
    const body = '{"metadata":{"name":"by-cookie"}}';
    expect((await fetch(`${base}${configmaps}`, { method: 'POST', body, headers })).status).toBe(403);
    expect((await fetch(`${base}${configmaps}`, { method: 'POST', body, headers: { ...headers, origin: 'http://evil.example' } })).status).toBe(403);
    expect((await fetch(`${base}${configmaps}`, { method: 'POST', body, headers: { ...headers, origin: server.url } })).status).toBe(201);
  });

  test.each([
    ['too large a body', '{"data":{"k":"'.concat('x'.repeat(3_200_000), '"}}'), 'application/json', 413],
    ['too deep a body', `{"metadata":{"name":"deep"},"data":${'['.repeat(5000)}`, 'application/json', 400],
    [
      'a billion laughs',
      `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghi'
        .split('')
        .map((c, i) => `${c}: &${c} [${`*${'abcdefgh'[i]},`.repeat(9).slice(0, -1)}]`)
        .join('\n')}`,
      'application/yaml',
      400,
    ],
    ['a body in a language nobody speaks', '<xml/>', 'application/xml', 415],
    ['an unknown field under Strict', '{"metadata":{"name":"x"},"dta":{}}', 'application/json', 400],
  ])('%s is refused with a Status', async (_what, body, contentType, code) => {
    const response = await post(`${configmaps}?fieldValidation=Strict`, body, contentType);
    expect(response.status).toBe(code);
    expect(await response.json()).toMatchObject({ kind: 'Status', apiVersion: 'v1', status: 'Failure', code });
  });

  test('keys that mean something to JavaScript are plain data', async () => {
    const made = await post(
      configmaps,
      '{"metadata":{"name":"proto","labels":{"constructor":"x"}},"data":{"__proto__":"a","constructor":"b","toString":"c"}}',
    );
    expect(made.status).toBe(201);
    expect(await (await call(`${configmaps}/proto`)).text()).toContain('"__proto__":"a"');
    expect(({} as Record<string, unknown>).a).toBeUndefined();
  });

  test('pages of a list are of one revision, whatever happens between them', async () => {
    for (let i = 0; i < 5; i++) await post(configmaps, `{"metadata":{"name":"page-${i}","labels":{"page":"y"}}}`);
    const first = await (await call(`${configmaps}?labelSelector=page%3Dy&limit=2`)).json();
    await call(`${configmaps}/page-3`, { method: 'DELETE' });
    await post(configmaps, '{"metadata":{"name":"page-9","labels":{"page":"y"}}}');
    const names: string[] = first.items.map((item: { metadata: { name: string } }) => item.metadata.name);
    for (let page = first; page.metadata.continue; ) {
      page = await (await call(`${configmaps}?labelSelector=page%3Dy&limit=2&continue=${page.metadata.continue}`)).json();
      expect(page.metadata.resourceVersion).toBe(first.metadata.resourceVersion);
      names.push(...page.items.map((item: { metadata: { name: string } }) => item.metadata.name));
    }
    expect(names).toEqual(['page-0', 'page-1', 'page-2', 'page-3', 'page-4']);
  });

  test('documents that do not change are answered with 304', async () => {
    const index = await (await call('/openapi/v3')).json();
    const document = await call(index.paths['apis/apps/v1'].serverRelativeURL);
    const etag = document.headers.get('etag') as string;
    expect(document.status).toBe(200);
    expect((await call('/openapi/v3/apis/apps/v1', { headers: { 'if-none-match': etag } })).status).toBe(304);
  });

  test('a browser watches over WebSocket, with its token as a subprotocol that is never echoed', async () => {
    const url = `${base.replace('http', 'ws')}${configmaps}?watch=1&fieldSelector=metadata.name%3Dseen`;
    const bearer = `base64url.bearer.authorization.k8s.io.${Buffer.from(token).toString('base64url')}`;
    const socket = new WebSocket(url, ['base64.binary.k8s.io', bearer]);
    const events: { type: string }[] = [];
    const opened = new Promise<void>((resolve, reject) => socket.on('open', resolve).on('error', reject));
    const gone = new Promise<void>((resolve) => {
      socket.on('message', (data) => {
        events.push(JSON.parse(Buffer.from(String(data), 'base64').toString()));
        if (events.at(-1)?.type === 'DELETED') resolve();
      });
    });
    await opened;
    expect(socket.protocol).toBe('base64.binary.k8s.io');
    await post(configmaps, '{"metadata":{"name":"seen"}}');
    await call(`${configmaps}/seen`, { method: 'DELETE' });
    await gone;
    expect(events.map(({ type }) => type)).toEqual(['ADDED', 'DELETED']);
    socket.close();
    const refused = new WebSocket(url);
    expect(
      await new Promise((resolve) => refused.on('unexpected-response', (_, response) => resolve(response.statusCode)).on('error', () => {})),
    ).toBe(401);
  });

  test('health and metrics are there, and whoever asks too much is told when to come again', async () => {
    for (const path of ['/healthz', '/livez', '/readyz']) expect((await fetch(`${server.url}${path}`)).status).toBe(200);
    expect(await (await fetch(`${server.url}/metrics`)).text()).toContain('vivakube_kube_request_duration_seconds');
    expect(await (await call('/version')).json()).toMatchObject({ major: '1', minor: '36' });
    const answers = await Promise.all(Array.from({ length: 400 }, () => call('/version')));
    const refused = answers.find((response) => response.status === 429);
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused?.json()).toMatchObject({ reason: 'TooManyRequests' });
  });
});
