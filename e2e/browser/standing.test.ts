import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canTravel, type Ground, ORDER, openGround, withPictures } from './ground.ts';
import { gone, see } from './timed.ts';
import type { Window } from './window.ts';

const BOWL = '漆の椀の塗り直し';
const TRAY = 'お盆の在庫';
const REASON = 'メーカーの回答';

describe.skipIf(!canTravel)('where a conversation stands', () => {
  let ground: Ground;
  let window: Window;
  withPictures();
  beforeAll(async () => {
    ground = await openGround();
    await ground.hire('佐藤 美咲', 'sato@komorebi.example', [ground.mailboxes.order]);
    window = await ground.enter();
    const customer = ground.customer('小林 真由美', 'mayumi@customer.example');
    for (const subject of [BOWL, TRAY]) {
      await customer.write({ to: ORDER, subject, text: `${subject}について教えてください。` });
      await see(window.row(subject));
    }
  });
  afterAll(async () => {
    await ground?.close();
  });
  const press = (key: string) => window.page.keyboard.press(key);
  const item = (name: string) => window.page.getByRole('menuitem', { name, exact: true });
  const choose = async (name: string) => {
    await item(name).click();
    await gone(window.page.getByRole('menu'));
  };

  test('a company names a status and a reason of its own', async () => {
    await window.nav('設定').click();
    await window.nav('ステータス').click();
    await window.button('ステータスを追加').first().click();
    await window.field('未対応 2番目の名前').fill('至急');
    await window.button('理由を追加').click();
    await window.field('理由 1番目の名前').fill(REASON);
    await window.button('保存する').click();
    await see(window.toast('保存しました'));
  });

  test('the list has a group for it, and the conversation comes to it from the menu', async () => {
    // The settings name the same mailbox in a navigation of their own.
    const lists = window.page.getByRole('navigation', { name: '共有メールボックスと一覧' });
    await lists.getByRole('link', { name: /^ご注文/ }).click();
    await window.open(BOWL);
    await press('s');
    await choose('至急');
    await see(window.page.getByRole('group', { name: /^至急 1/ }));
    await see(window.conversation.getByRole('button', { name: /ステータス ?至急/ }));
  });

  test('what waits says what for and until when, and is taken back by one key', async () => {
    await press('s');
    await choose('返信待ちの理由と日時…');
    const dialog = window.page.getByRole('dialog', { name: '返信待ちにする' });
    await dialog.getByLabel('理由').selectOption(REASON);
    await dialog.getByRole('button', { name: '来週月曜 9:00' }).click();
    await dialog.getByRole('button', { name: '返信待ちにする' }).click();
    await see(window.conversation.getByRole('button', { name: new RegExp(`返信待ち.*${REASON}.* まで`) }));
    await press('z');
    await see(window.conversation.getByRole('button', { name: /ステータス ?至急/ }));
  });

  test('H puts a conversation off: it leaves the list and waits for its time', async () => {
    await window.open(TRAY);
    await press('h');
    await choose('明日 9:00');
    await gone(window.page.getByRole('group', { name: /^未対応/ }).getByText(TRAY));
    await window.page.getByRole('tab', { name: /^返信待ち/ }).click();
    await window.open(TRAY);
    await see(window.conversation.getByRole('button', { name: /返信待ち.*あとで.* まで/ }));
  });

  test('words for whoever takes over stay as a note; Escape leaves the conversation open', async () => {
    await press('a');
    await choose('引き継ぎメモを付けて渡す…');
    const dialog = window.page.getByRole('dialog', { name: '引き継ぎメモを付けて渡す' });
    await see(dialog);
    await press('Escape');
    await gone(dialog);
    await see(window.conversation.getByRole('heading', { name: TRAY, level: 2 }));

    await press('a');
    await choose('引き継ぎメモを付けて渡す…');
    await dialog.getByLabel('渡す相手').selectOption('佐藤 美咲');
    await dialog.getByLabel(/^引き継ぎメモ/).fill('在庫の返事を待っています。');
    await dialog.getByRole('button', { name: '渡す', exact: true }).click();
    await gone(dialog);
    await see(window.conversation.getByText('在庫の返事を待っています。'));
    await see(window.conversation.getByRole('button', { name: /担当者 ?佐藤 美咲/ }));
    expect(window.faults).toEqual([]);
  });
});
