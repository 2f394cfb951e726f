import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canTravel, type Ground, HELLO, ORDER, openGround, PASSWORD, withPictures } from './ground.ts';
import { retire } from './retire.ts';
import { gone, happened, see } from './timed.ts';
import { openWindow, type Window } from './window.ts';

const SEEN = '皿の在庫について';
const HIDDEN = '採用のお問い合わせ';

describe.skipIf(!canTravel)('people come and go', () => {
  let ground: Ground;
  let owner: Window;
  let suzuki: Window;
  withPictures();
  beforeAll(async () => {
    ground = await openGround();
    owner = await ground.enter();
    const customer = ground.customer('小林 真由美', 'mayumi@customer.example');
    await customer.write({ to: ORDER, subject: SEEN, text: 'ありますか。' });
    await customer.write({ to: HELLO, subject: HIDDEN, text: '応募します。' });
    await see(owner.row(SEEN));
  });
  afterAll(async () => {
    await ground?.close();
  });

  test('a person is added, follows the link, sets a password and is inside', async () => {
    await owner.nav('設定').click();
    await owner.nav('メンバー').click();
    await owner.button('メンバーを招待').click();
    const dialog = owner.page.getByRole('dialog', { name: 'メンバーを招待' });
    await dialog.getByLabel('名前').fill('鈴木 健');
    await dialog.getByLabel('メールアドレス').fill('suzuki@komorebi.example');
    await dialog.getByLabel('権限').selectOption({ label: 'メンバー' });
    await dialog.getByLabel('ご注文・配送').check();
    await dialog.getByRole('button', { name: '招待する' }).click();
    const made = owner.page.getByRole('dialog', { name: /鈴木 健さんに、次のリンクを送ってください/ });
    const link = (await made.getByText(/\/link\//).textContent()) ?? '';
    expect(link).toMatch(new RegExp(`^${ground.house.url}/link/`));

    suzuki = await openWindow(ground.browser);
    await suzuki.page.goto(link);
    await see(suzuki.page.getByText('鈴木 健さん、こもれび雑貨店の窓口へようこそ。'));
    await suzuki.page.getByLabel(/^新しいパスワード/).fill(PASSWORD);
    await suzuki.button('決めてログイン').click();
    await see(suzuki.row(SEEN));

    const second = await openWindow(ground.browser);
    await second.page.goto(link);
    await see(second.page.getByText('このリンクは使えません'));
    await second.close();
  });

  test('he sees his mailboxes and nothing else', async () => {
    await see(suzuki.nav(/^ご注文・配送/));
    expect(await suzuki.nav(/^お問い合わせ/).count()).toBe(0);
    await suzuki.nav('すべて').click();
    await see(suzuki.row(SEEN));
    expect(await suzuki.row(HIDDEN).count()).toBe(0);
    const { items } = await ground.owner.ask('GET', '/conversations');
    const hidden = items.find((each: { subject: string }) => each.subject === HIDDEN);
    await suzuki.page.goto(`${ground.house.url}/c/${hidden.id}`);
    await see(suzuki.page.getByText('この案件は表示できません'));
    await suzuki.page.goto(`${ground.house.url}/settings/people`);
    await see(suzuki.page.getByText('この設定はないか、見る権利がありません'));
    expect(await suzuki.button('メンバーを招待').count()).toBe(0);
  });

  test('a session that ended while writing: signed in again in place, nothing is lost', async () => {
    await suzuki.page.goto(ground.house.url);
    await suzuki.open(SEEN);
    await see(suzuki.button('返信'));
    await suzuki.page.keyboard.press('r');
    await see(suzuki.conversation.getByText('ほかの人は返信できません'));
    await suzuki.field('本文').fill('在庫はございます。');
    await see(suzuki.conversation.getByText(/保存済み/));
    await suzuki.context.clearCookies();
    await suzuki.field('本文').fill('在庫はございます。三枚までお取り置きできます。');

    const dialog = suzuki.page.getByRole('dialog', { name: 'ログインの期限が切れました' });
    await see(dialog.getByText('書いた文は残っています。'));
    await dialog.getByLabel('パスワード', { exact: true }).fill('wrong password');
    await dialog.getByRole('button', { name: 'ログイン', exact: true }).click();
    await see(dialog.getByText('メールアドレスかパスワードが違います。'));
    await dialog.getByLabel('パスワード', { exact: true }).fill(PASSWORD);
    await dialog.getByRole('button', { name: 'ログイン', exact: true }).click();
    await gone(dialog);

    await happened('the words are back', async () => {
      const words = await suzuki.field('本文').inputValue();
      return words === '在庫はございます。三枚までお取り置きできます。';
    });
    await see(suzuki.conversation.getByText('ほかの人は返信できません'));
    await suzuki.field('本文').press('Control+Enter');
    await see(suzuki.toast('送信しました'));
    const letter = await ground
      .customer('小林 真由美', 'mayumi@customer.example')
      .gets('the answer', () => true);
    expect(letter.text).toContain('三枚までお取り置きできます。');
  });

  test('retired: his open window says so and shows nothing any more', async () => {
    await suzuki.page.getByRole('tab', { name: /^すべて/ }).click();
    await suzuki.open(SEEN);
    await owner.page.keyboard.press('Escape');
    const row = owner.page.getByRole('listitem').filter({ hasText: '鈴木 健' });
    await retire(owner.page, '鈴木 健');
    await gone(row);

    await see(suzuki.page.getByText('利用が終了しました'));
    expect(await suzuki.page.getByText(SEEN).count()).toBe(0);
    await suzuki.page.goto(`${ground.house.url}/sign-in`);
    expect(await suzuki.page.getByText(SEEN).count()).toBe(0);
    await suzuki.field('メールアドレス').fill('suzuki@komorebi.example');
    await suzuki.field('パスワード').fill(PASSWORD);
    await suzuki.button('ログイン').click();
    await see(suzuki.page.getByText('メールアドレスかパスワードが違います。'));
    expect([...owner.faults, ...suzuki.faults]).toEqual([]);
  });

  test('signing out leaves nothing behind for the next one at the same screen', async () => {
    await owner.page.goto(ground.house.url);
    await owner.page.getByRole('tab', { name: /^すべて/ }).click();
    await owner.open(SEEN);
    await owner.page.getByRole('button', { name: /^アカウント: 田中 彩/ }).click();
    await owner.page.getByRole('menuitem', { name: 'ログアウト' }).click();
    await owner.page.waitForURL('**/sign-in');
    await owner.page.goBack();
    await happened('nothing is shown', async () => (await owner.page.getByText(SEEN).count()) === 0);
  });
});
