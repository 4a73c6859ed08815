import AxeBuilder from '@axe-core/playwright';
import { type BrowserContext, expect, type Page } from '@playwright/test';
import type { Language } from './words.ts';

export type Theme = 'light' | 'dark';

export async function speak(context: BrowserContext, baseURL: string, language: Language, theme: Theme): Promise<void> {
  await context.addCookies([
    { name: 'viva-locale', value: language, url: baseURL },
    { name: 'viva-theme', value: theme, url: baseURL },
  ]);
}

/** No axe violation, in the page as it is now. */
export async function accessible(page: Page, where: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
  const found = violations.map(
    (violation) => `${violation.id}: ${violation.nodes.map((node) => `${node.target} ${node.failureSummary}`).join(' | ')}`,
  );
  expect.soft(found, `axe on ${where}`).toEqual([]);
}

/** Replaces the whole text of the editor, by keyboard. */
export async function typeManifest(page: Page, label: string, text: string): Promise<void> {
  const editor = page.getByRole('textbox', { name: label });
  await editor.click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('Delete');
  // Inserted at once: typing key by key would let the editor indent what is indented already.
  await page.keyboard.insertText(text);
}

/** Collects what must never be there: page errors and console errors. Chromium logs each refused request; a refused dry run is one we ask for. */
export function watchForErrors(page: Page): string[] {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    const { url } = message.location();
    if (message.type() === 'error' && !url.includes('dryRun=All')) errors.push(`${message.text()} ${url}`);
  });
  return errors;
}

export async function fitsTheWidth(page: Page, where: string): Promise<void> {
  const { wide, view } = await page.evaluate(() => ({ wide: document.documentElement.scrollWidth, view: document.documentElement.clientWidth }));
  expect.soft(wide, `${where} scrolls sideways`).toBeLessThanOrEqual(view);
}
