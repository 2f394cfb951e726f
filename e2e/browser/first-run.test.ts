import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asOtherClient } from '../mail/mail-ground.ts';
import type { DovecotServer } from '../servers/dovecot.ts';
import type { EximServer } from '../servers/exim.ts';
import { aCustomer, type Customer } from './customer.ts';
import { canTravel, ORDER, openBrowser, openWorld, PASSWORD, withPictures } from './ground.ts';
import { type House, newHouse } from './house.ts';
import { gone, happened, see } from './timed.ts';
import { openWindow, type Window } from './window.ts';

describe.skipIf(!canTravel)('the first run', () => {
  let house: House;
  let world: { dovecot: DovecotServer; exim: EximServer };
  let browser: Browser;
  let customer: Customer;
  let window: Window;
  withPictures();
  beforeAll(async () => {
    house = await newHouse();
    [world, browser] = await Promise.all([openWorld({}), openBrowser(), house.start()]);
    customer = aCustomer(world, '中村 健一', 'nakamura@customer.example');
    window = await openWindow(browser);
  });
  afterAll(async () => {
    await browser?.close();
    await house?.remove();
    await world?.exim.remove();
    await world?.dovecot.remove();
  });
  const door = (heading: string) =>
    window.page.locator('section', { has: window.page.getByRole('heading', { name: heading }) });
  const fillDoor = async (
    part: Locator,
    { port, user, password }: { port: number; user: string; password: string },
  ) => {
    await part.getByLabel('サーバー名', { exact: true }).fill('127.0.0.1');
    await part.getByLabel('暗号化', { exact: true }).selectOption({ label: 'なし' });
    await part.getByLabel('ポート', { exact: true }).fill(String(port));
    await part.getByLabel('ユーザー名', { exact: true }).fill(user);
    await part.getByLabel('パスワード', { exact: true }).fill(password);
  };

  test('whoever opens the address comes to the first page, and a wrong code is said so at once', async () => {
    await window.page.goto(house.url);
    await window.page.waitForURL('**/setup');
    await window.page.getByLabel('起動コード').fill('WRONG-CODE');
    await window.field('会社名').fill('こもれび雑貨店');
    await window.field('お名前').fill('田中 彩');
    await window.field('メールアドレス').fill('tanaka@komorebi.example');
    await window.page.getByLabel(/^パスワード(?!を)/).fill(PASSWORD);
    await window.button('次へ').click();
    await see(window.page.getByRole('alert').getByText(/コード/));

    await window.page.getByLabel('起動コード').fill(house.code() ?? '');
    await window.button('次へ').click();
    await see(window.page.getByRole('heading', { name: '最初の共有メールボックス' }));
  });

  test('a wrong password of the mail account is said in words, the right one connects', async () => {
    const { dovecot, exim } = world;
    await window.field('メールボックス名').fill('ご注文・配送');
    await window.field('アドレス').fill(ORDER);
    await window.button('次へ').click();
    await see(window.page.getByRole('heading', { name: '受信（IMAP）' }));
    const [imap, smtp] = [door('受信（IMAP）'), door('送信（SMTP）')];
    await fillDoor(imap, { port: dovecot.port, user: ORDER, password: 'wrong' });
    await fillDoor(smtp, { port: exim.port, user: ORDER, password: exim.password });
    await window.button('接続を確認').click();
    await see(imap.getByText(/ユーザー名かパスワードが違います。.*サーバーの返答/));
    await see(smtp.getByText('接続できました。'));
    expect(await window.button('次へ').count()).toBe(0);

    await imap.getByLabel('パスワード', { exact: true }).fill(dovecot.password);
    await window.button('接続を確認').click();
    await see(imap.getByText('接続できました。'));
    await window.button('次へ').click();
    await see(window.page.getByText('待っています'));
  });

  test('a first letter, sent to the old account, is seen to arrive', async () => {
    await customer.write({ to: ORDER, subject: 'テスト送信', text: '届きますか。' });

    await see(window.page.getByText(/届きました/));
    await see(window.page.getByText('テスト送信'));
    await window.button('返信してみる').click();
    await see(window.row('テスト送信'));
  });

  test('the next letters come into the list by themselves', async () => {
    await customer.write({ to: ORDER, subject: '記念品のお見積り', text: '120個でお願いします。' });

    await see(window.row(/未読、中村 健一.*記念品のお見積り/));
    await see(window.nav(/ご注文・配送.*未対応 2件/));
  });

  test('whoever comes to the first page later is told that it is done', async () => {
    const other = await openWindow(browser);
    await other.page.goto(`${house.url}/setup`);
    await see(other.page.getByText('設定は済んでいます'));
    await gone(other.page.getByLabel('起動コード'));
    await other.page.goto(house.url);
    await other.page.waitForURL('**/sign-in');
    await other.close();
  });

  test('the letters stay unread on the old server', async () => {
    const unseen = () =>
      asOtherClient(world.dovecot, async (client) => {
        await client.mailboxOpen('INBOX', { readOnly: true });
        return client.search({ seen: false });
      });
    await happened('both are unread', async () => ((await unseen()) || []).length === 2);
    expect(window.faults).toEqual([]);
  });
});
