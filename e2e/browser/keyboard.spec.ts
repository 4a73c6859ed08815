import { expect, type Locator, type Page, test } from '@playwright/test';
import { speak, watchForErrors } from './screen.ts';
import { words } from './words.ts';

const w = words.en;
const tabsMax = 120;

/** Reaches an element as somebody without a mouse does, and sees that the focus is visible and nothing lies over it. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let i = 0; i < tabsMax; i++) {
    if (await target.evaluate((element) => element === document.activeElement)) {
      const seen = await target.evaluate((element) => {
        const box = element.getBoundingClientRect();
        const top = document.elementFromPoint(box.x + Math.min(box.width, 20) / 2, box.y + box.height / 2);
        return top !== null && (element.contains(top) || top.contains(element));
      });
      expect(seen, 'the focused element is covered').toBe(true);
      return;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`not reached with ${tabsMax} tabs: ${target}`);
}

const manifest = (image: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: default}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: nginx, image: "${image}"}]}
`;

async function applyByKeyboard(page: Page, image: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+k');
  await expect(page.getByRole('combobox', { name: /Page, kind/ })).toBeFocused();
  await page.keyboard.type('editor');
  await page.keyboard.press('Enter');
  const editor = page.getByRole('textbox', { name: w.text });
  await tabTo(page, editor);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(manifest(image));
  await page.keyboard.press('ControlOrMeta+Enter');
  const result = page.getByRole('link', { name: 'Deployment web' });
  await result.waitFor();
  // Tab indents in the editor; Esc lets the next one leave.
  await page.keyboard.press('Escape');
  await tabTo(page, result);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'web' })).toBeVisible();
}

test('everything without a mouse: sandbox, apply, compare, roll back, undo', async ({ page, context, baseURL }) => {
  const errors = watchForErrors(page);
  await speak(context, baseURL ?? '', 'en', 'dark');
  await page.goto('/');
  await tabTo(page, page.getByRole('button', { name: w.start }));
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/c\/[^/]+$/);
  await expect(page.getByText(w.deploy)).toBeVisible();

  await applyByKeyboard(page, 'nginx:1.27');
  await expect(page.getByText(w.healthy, { exact: true })).toBeVisible();
  await applyByKeyboard(page, 'nginx:1.28');
  await tabTo(page, page.getByRole('link', { name: w.rollout, exact: true }));
  await page.keyboard.press('Enter');
  const back = page.getByRole('listitem').getByRole('button', { name: w.rollBackTo(1) });
  await tabTo(page, back);
  await page.keyboard.press('Enter');
  const confirm = page.getByRole('dialog').getByRole('button', { name: w.rollBack, exact: true });
  await expect(confirm).toBeEnabled();
  await tabTo(page, confirm);
  await page.keyboard.press('Enter');
  await expect(page.getByText(w.revision(3), { exact: true }).first()).toBeVisible();
  const undo = page.getByRole('button', { name: w.undo, exact: true });
  await tabTo(page, undo);
  await page.keyboard.press('Enter');
  await expect(page.getByText(w.revision(4), { exact: true }).first()).toBeVisible();
  expect(errors).toEqual([]);
});

test('Escape closes a dialog and gives the focus back', async ({ page, context, baseURL }) => {
  await speak(context, baseURL ?? '', 'en', 'light');
  await page.goto('/');
  await page.getByRole('button', { name: w.start }).click();
  await page.waitForURL(/\/c\/[^/]+$/);
  const opener = page.getByRole('button', { name: /Go to/ });
  await opener.press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(opener).toBeFocused();
});

test('Hangul is entered once, and Enter inside a syllable chooses nothing', async ({ page, context, baseURL }) => {
  await speak(context, baseURL ?? '', 'ko', 'light');
  await page.goto('/');
  await page.getByRole('button', { name: words.ko.start }).click();
  await page.waitForURL(/\/c\/[^/]+$/);
  await expect(page.getByText(words.ko.deploy)).toBeVisible();
  const before = page.url();
  const ime = await context.newCDPSession(page);
  await page.keyboard.press('ControlOrMeta+k');
  const field = page.getByRole('combobox', { name: /페이지/ });
  await expect(field).toBeFocused();
  for (const text of ['ㅍ', '펴', '편']) await ime.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
  await field.dispatchEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true });
  expect(page.url()).toBe(before);
  await ime.send('Input.insertText', { text: '편집' });
  await expect(field).toHaveValue('편집');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/edit$/);
});
