import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { GENEROUS, see } from './timed.ts';

const PICTURES = fileURLToPath(new URL('../../test-results/', import.meta.url));
const WIDE = { width: 1440, height: 900 };

/** One person's browser window, with what a person looks for in it. */
export interface Window {
  page: Page;
  context: BrowserContext;
  /** What the page complained about: scripts that failed, refusals of its policy. Should stay empty. */
  faults: string[];
  /** A row of the list, by a word of it. */
  row(words: string | RegExp): Locator;
  /** The open conversation. */
  conversation: Locator;
  button(name: string | RegExp): Locator;
  /** A field by its label; the label is meant whole. */
  field(label: string): Locator;
  nav(name: string | RegExp): Locator;
  /** What the page says at the lower left. */
  toast(words: string | RegExp): Locator;
  /** Opens the conversation of a row. */
  open(words: string | RegExp): Promise<void>;
  close(): Promise<void>;
}

const opened = new Set<Window>();

export async function openWindow(browser: Browser, options: BrowserContextOptions = {}): Promise<Window> {
  const context = await browser.newContext({ locale: 'ja-JP', viewport: WIDE, ...options });
  context.setDefaultTimeout(GENEROUS);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (/Content Security Policy|Content-Security-Policy/i.test(message.text())) faults.push(message.text());
  });
  const conversation = page.locator('#conversation');
  const row = (words: string | RegExp) => page.getByRole('option', { name: words });
  const window: Window = {
    ...{ page, context, faults, row, conversation },
    button: (name) => page.getByRole('button', { name, exact: typeof name === 'string' }),
    field: (label) => page.getByLabel(label, { exact: true }),
    nav: (name) => page.getByRole('navigation').getByRole('link', { name }),
    toast: (words) => page.getByRole('region', { name: '通知' }).getByText(words),
    async open(words) {
      await row(words).click();
      await see(conversation.getByRole('article'));
    },
    async close() {
      opened.delete(window);
      await context.close();
    },
  };
  opened.add(window);
  return window;
}

/** Signs in by the form, as everyone does. */
export async function signIn(window: Window, url: string, person: { email: string; password: string }) {
  await window.page.goto(`${url}/sign-in`);
  await window.field('メールアドレス').fill(person.email);
  await window.field('パスワード').fill(person.password);
  await window.button('ログイン').click();
  await see(window.page.getByRole('navigation', { name: '共有メールボックスと一覧' }));
}

/** For `onTestFailed`: a picture of every window, in test-results/. */
export async function takePictures(name: string): Promise<void> {
  await mkdir(PICTURES, { recursive: true });
  const file = name.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 80);
  await Promise.all(
    [...opened].map((window, index) =>
      window.page
        .screenshot({ path: `${PICTURES}${file}-${index + 1}.png` })
        // A window that was killed has no picture.
        .catch(() => undefined),
    ),
  );
}
