import type { Page } from 'playwright-core';
import { see } from './timed.ts';

/** 退職 on the page of the people; what lay on him goes back to the queue. */
export async function retire(page: Page, name: string): Promise<void> {
  const row = page.getByRole('listitem').filter({ hasText: name });
  await row.getByRole('button', { name: '退職・休職' }).click();
  const dialog = page.getByRole('dialog');
  // What will move stands there before one decides.
  await see(dialog.getByText('引き継ぐもの', { exact: true }));
  await dialog.getByRole('radio', { name: /退職（戻りません）/ }).check();
  const heir = dialog.getByLabel('引き継ぐ人');
  if ((await heir.count()) > 0) await heir.selectOption({ label: 'だれにも渡さず、担当者なしに戻す' });
  await dialog.getByRole('button', { name: '退職にする' }).click();
}
