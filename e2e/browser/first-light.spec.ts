import { expect, type Page, test } from '@playwright/test';
import { accessible, fitsTheWidth, speak, type Theme, typeManifest, watchForErrors } from './screen.ts';
import { type Language, words } from './words.ts';

const manifest = (image: string, extra = ''): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 3
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
      - name: nginx
        image: ${image}
${extra}`;

async function startSandbox(page: Page, language: Language): Promise<string> {
  await page.goto('/');
  await page.getByRole('button', { name: words[language].start }).click();
  await page.waitForURL(/\/c\/[^/]+$/);
  return new URL(page.url()).pathname;
}

async function nodeNames(page: Page, cluster: string): Promise<string[]> {
  const list = await page.request.get(`${cluster.replace('/c/', '/clusters/')}/api/v1/nodes`);
  return ((await list.json()) as { items: { metadata: { name: string } }[] }).items.map((node) => node.metadata.name);
}

for (const language of ['en', 'ko'] as const) {
  test(`from the landing page to a rolled-back Deployment (${language})`, async ({ page, context, baseURL }) => {
    const w = words[language];
    const errors = watchForErrors(page);
    await speak(context, baseURL ?? '', language, 'light');
    // The same journey, once at a desk and once on a phone.
    await page.setViewportSize(language === 'en' ? { width: 1280, height: 860 } : { width: 375, height: 812 });
    const cluster = await startSandbox(page, language);
    await expect(page.locator('html')).toHaveAttribute('lang', language);
    const [node] = await nodeNames(page, cluster);
    await expect(page.getByText(node ?? '').first()).toBeVisible();

    // A field the server does not know is shown at its line; then the text without it is applied.
    await page.getByRole('link', { name: w.deploy }).click();
    await typeManifest(page, w.text, manifest('nginx:1.27', '        img: nginx\n'));
    await page.getByRole('button', { name: w.dryRun }).click();
    await expect(page.getByRole('button', { name: w.problem })).toContainText(w.line(18));
    await typeManifest(page, w.text, manifest('nginx:1.27'));
    await page.getByRole('button', { name: w.dryRun }).click();
    await expect(page.getByText(w.wouldCreate)).toBeVisible();
    await page.getByRole('button', { name: w.apply, exact: true }).click();
    await expect(page.getByText(w.created, { exact: true })).toBeVisible();

    // The rollout is followed on the page of the Deployment.
    await page.getByRole('link', { name: 'Deployment web' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'web' })).toBeVisible();
    await expect(page.getByText(w.healthy, { exact: true })).toBeVisible();

    // An image that does not exist.
    await page.getByRole('link', { name: w.edit }).click();
    const editor = page.getByRole('textbox', { name: w.text });
    await expect(editor).toContainText('nginx:1.27');
    await typeManifest(page, w.text, manifest('nginx:9.99-broken').replace('  name: web\n', '  name: web\n  namespace: default\n'));
    await page.getByRole('button', { name: w.apply, exact: true }).click();
    await expect(page.getByText(w.changed, { exact: true })).toBeVisible();
    await page.getByRole('link', { name: 'Deployment web' }).click();
    await expect(page.getByText(w.stuck)).toBeVisible({ timeout: 60_000 });
    await expect(page.getByText(/ImagePull|ErrImage/).first()).toBeVisible();

    // Timeline, difference, rollback with its preview.
    await page.getByRole('link', { name: w.rollout, exact: true }).click();
    await expect(page.getByText(w.revision(2), { exact: true })).toBeVisible();
    await page.getByRole('button', { name: w.compare(1) }).click();
    const difference = page.getByRole('region', { name: w.diffOf(1, 2) });
    await expect(difference).toContainText('nginx:1.27');
    await expect(difference).toContainText('nginx:9.99-broken');
    await expect(page).toHaveURL(/a=1&b=2/);
    await page
      .getByRole('listitem')
      .getByRole('button', { name: w.rollBackTo(1) })
      .click();
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText('kubectl rollout undo deployment/web -n default --to-revision=1');
    await expect(dialog).toContainText('nginx:9.99-broken');
    const confirm = dialog.getByRole('button', { name: w.rollBack, exact: true });
    await expect(confirm).toBeInViewport({ ratio: 1 });
    await accessible(page, 'the rollback dialog over a stuck rollout');
    await confirm.click();
    await expect(dialog).toBeHidden();
    await expect(page.getByText(w.revision(3), { exact: true }).first()).toBeVisible();
    await expect(page.getByText(w.healthy, { exact: true })).toBeVisible();
    await expect(page.getByRole('button', { name: w.undo, exact: true })).toBeVisible();

    // What the API says is what the page said.
    const live = await page.request.get(`${cluster.replace('/c/', '/clusters/')}/apis/apps/v1/namespaces/default/deployments/web`);
    expect((await live.json()).spec.template.spec.containers[0].image).toBe('nginx:1.27');
    expect(errors).toEqual([]);
  });
}

/** Each theme and each language once; `SWEEP=full` takes every pair of them. */
const SIGHTS: readonly (readonly [Theme, Language])[] =
  process.env.SWEEP === 'full'
    ? [
        ['light', 'en'],
        ['light', 'ko'],
        ['dark', 'en'],
        ['dark', 'ko'],
      ]
    : [
        ['light', 'en'],
        ['dark', 'ko'],
      ];

test('no axe violation and no sideways scrolling on any page, in both themes and languages', async ({ page, context, baseURL }) => {
  test.setTimeout(600_000);
  const cluster = await startSandbox(page, 'en');
  await page.getByRole('link', { name: words.en.deploy }).click();
  await typeManifest(page, words.en.text, manifest('nginx:1.27'));
  await page.getByRole('button', { name: words.en.apply, exact: true }).click();
  await expect(page.getByText(words.en.created, { exact: true })).toBeVisible();
  const [node] = await nodeNames(page, cluster);
  const routes = [
    '/',
    '/docs/limits',
    cluster,
    `${cluster}/ns/default`,
    `${cluster}/nodes`,
    `${cluster}/r/pods`,
    `${cluster}/r/deployments.apps?ns=default`,
    `${cluster}/r/configmaps?ns=empty`,
    `${cluster}/r/events`,
    `${cluster}/r/nosuchkind`,
    `${cluster}/r/deployments.apps/default/web`,
    `${cluster}/r/deployments.apps/default/web?tab=rollout`,
    `${cluster}/r/deployments.apps/default/web?tab=pods`,
    `${cluster}/r/deployments.apps/default/web?tab=yaml`,
    `${cluster}/r/deployments.apps/default/gone`,
    `${cluster}/r/nodes/-/${node}`,
    `${cluster}/r/nodes/-/${node}?tab=pods`,
    `${cluster}/edit`,
    '/c/nosuchcluster',
  ];
  for (const [theme, language] of SIGHTS) {
    await speak(context, baseURL ?? '', language, theme);
    for (const route of routes) {
      const where = `${route} ${theme} ${language}`;
      await page.setViewportSize({ width: 1280, height: 900 });
      await page.goto(route);
      await expect(page.getByRole('heading', { level: 1 }).first()).toBeAttached();
      await expect(page.getByRole('status', { name: /^(Loading|불러오는 중)$/ })).toHaveCount(0);
      await accessible(page, where);
      await page.setViewportSize({ width: 375, height: 812 });
      await fitsTheWidth(page, `${where} at 375 px`);
    }
  }
});
