import { expect, type Page, test } from '@playwright/test';
import { speak } from './screen.ts';
import { words } from './words.ts';

const w = words.en;

async function newCluster(page: Page): Promise<{ cluster: string; api: string }> {
  await page.goto('/');
  await page.getByRole('button', { name: w.start }).click();
  await page.waitForURL(/\/c\/[^/]+$/);
  const cluster = new URL(page.url()).pathname;
  return { cluster, api: cluster.replace('/c/', '/clusters/') };
}

async function applyConfigMap(page: Page, api: string, name: string, origin: string): Promise<void> {
  const answer = await page.request.fetch(`${api}/api/v1/namespaces/default/configmaps/${name}?fieldManager=test`, {
    method: 'PATCH',
    headers: { origin, 'content-type': 'application/apply-patch+yaml' },
    data: JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { from: 'test' } }),
  });
  expect(answer.ok()).toBe(true);
}

test('a list follows the cluster, without asking again and again', async ({ page, context, baseURL }) => {
  const origin = baseURL ?? '';
  await speak(context, origin, 'en', 'light');
  const { cluster, api } = await newCluster(page);
  await page.goto(`${cluster}/r/configmaps?ns=default`);
  await expect(page.getByRole('status').getByText('Live')).toBeVisible();
  await page.waitForTimeout(500);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  for (const name of ['one', 'two', 'three']) {
    await applyConfigMap(page, api, name, origin);
    await expect(page.getByRole('link', { name, exact: true })).toBeVisible({ timeout: 2_000 });
  }
  await page.getByRole('link', { name: 'two', exact: true }).waitFor();
  await page.request.delete(`${api}/api/v1/namespaces/default/configmaps/two`, { headers: { origin } });
  await expect(page.getByRole('link', { name: 'two', exact: true })).toHaveCount(0);
  expect(asked).toEqual([]);
});

test('a lost connection is said, survived, and loses nothing', async ({ page, context, baseURL }) => {
  const origin = baseURL ?? '';
  await speak(context, origin, 'en', 'light');
  const { cluster, api } = await newCluster(page);
  let down = false;
  const sockets = new Set<{ close: () => Promise<void> }>();
  await page.routeWebSocket(/\/clusters\//, (socket) => {
    if (down) return void socket.close({ code: 1013 });
    socket.connectToServer();
    sockets.add(socket);
  });
  await page.route(/\/clusters\//, (route) => (down ? route.abort() : route.continue()));
  await applyConfigMap(page, api, 'before', origin);
  await page.goto(`${cluster}/r/configmaps?ns=default`);
  await expect(page.getByRole('link', { name: 'before', exact: true })).toBeVisible();

  down = true;
  await Promise.all([...sockets].map((socket) => socket.close()));
  await expect(page.getByRole('status').getByText('Reconnecting')).toBeVisible();
  await applyConfigMap(page, api, 'meanwhile', origin);
  await page.request.delete(`${api}/api/v1/namespaces/default/configmaps/before`, { headers: { origin } });
  await expect(page.getByRole('link', { name: 'before', exact: true })).toBeVisible();

  down = false;
  await expect(page.getByRole('link', { name: 'meanwhile', exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name: 'before', exact: true })).toHaveCount(0);
  await expect(page.getByRole('status').getByText('Live')).toBeVisible();
});

test('taking over a field that kubectl owns is asked for first', async ({ page, context, baseURL }) => {
  const origin = baseURL ?? '';
  await speak(context, origin, 'en', 'light');
  const { cluster, api } = await newCluster(page);
  const created = await page.request.post(`${api}/api/v1/namespaces/default/configmaps?fieldManager=kubectl-create`, {
    headers: { origin },
    data: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'shared' }, data: { level: 'info' } },
  });
  expect(created.status()).toBe(201);
  await page.goto(`${cluster}/r/configmaps/default/shared`);
  await page.getByRole('link', { name: w.edit }).click();
  const editor = page.getByRole('textbox', { name: w.text });
  await expect(editor).toContainText('level: info');
  await editor.click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText('apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shared\n  namespace: default\ndata:\n  level: debug\n');
  await page.getByRole('button', { name: w.apply, exact: true }).click();
  await expect(page.getByRole('button', { name: /conflict with "kubectl-create"/ })).toContainText('Line 7');
  await page.getByRole('button', { name: 'Apply over them' }).click();
  await expect(page.getByText(w.changed, { exact: true })).toBeVisible();
  const after = await page.request.get(`${api}/api/v1/namespaces/default/configmaps/shared`);
  expect((await after.json()).data).toEqual({ level: 'debug' });
});
